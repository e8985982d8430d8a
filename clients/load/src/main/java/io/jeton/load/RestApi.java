package io.jeton.load;

import com.google.protobuf.Duration;
import io.jeton.load.call.Codes;
import io.jeton.load.call.GetCall;
import io.jeton.load.http1.RestCall;
import io.jeton.v1.IssueTokenRequest;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;

/** A legacy API that is measured: how its tokens are issued, and what is asked of them. */
enum RestApi {
  /** {@code GET /token}. */
  CHATOT(
      "GET /token HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {secret}\r\n\r\n",
      "{\"expire\":\""),
  /** {@code GET /token/verify} of a code that is bound. */
  LIVEGET(
      "GET /token/verify?token={secret}&machine=bench-machine&identification="
          + Names.MODULE
          + " HTTP/1.1\r\nHost: bench\r\n\r\n",
      "{\n  \"code\": 200,\n  \"type\": \"token_verified\"");

  private static final Duration LIFETIME =
      Duration.newBuilder().setSeconds(java.time.Duration.ofDays(30).toSeconds()).build();

  private final String request;
  private final String expected;

  RestApi(String request, String expected) {
    this.request = request;
    this.expected = expected;
  }

  /** The names of what the benchmark adds. */
  static final class Names {
    static final String MODULE = "bench";

    private Names() {}
  }

  /** What its tokens have in common. */
  IssueTokenRequest token() {
    IssueTokenRequest.Builder token =
        IssueTokenRequest.newBuilder().setIssuer(label()).setLifetime(LIFETIME);
    return switch (this) {
      case CHATOT -> token.addScopes("profile").addScopes("write").build();
      case LIVEGET -> token.setKind("licence").setModule(Names.MODULE).build();
    };
  }

  /** One request for each token, in order. */
  RestCall once(Codes codes, LongConsumer progress) {
    int[] next = {0};
    return new GetCall(codes, request, expected, () -> next[0]++, progress);
  }

  /** Requests with tokens picked uniformly. */
  RestCall picking(Codes codes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    IntSupplier pick = () -> random.nextInt(codes.size());
    return new GetCall(codes, request, expected, pick, count -> {});
  }

  /** The name in lower case. */
  String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
