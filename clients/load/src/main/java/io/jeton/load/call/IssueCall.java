package io.jeton.load.call;

import com.google.protobuf.Duration;
import io.jeton.load.http2.Call;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** IssueToken, for one number after the other. */
public final class IssueCall implements Call {
  private static final List<String> SCOPES = List.of("read", "write", "profile", "mail", "admin");
  static final Duration LIFETIME =
      Duration.newBuilder().setSeconds(java.time.Duration.ofDays(30).toSeconds()).build();

  /** Takes the secrets. */
  @FunctionalInterface
  public interface Sink {
    /** Takes the secret of a token. */
    void put(int token, byte[] secret) throws IOException;
  }

  private final Sink tokens;
  private final LongConsumer progress;
  private int next;

  /**
   * Issues tokens.
   *
   * @param tokens what becomes of the secrets
   * @param progress is told how many more tokens were issued
   */
  public IssueCall(Sink tokens, LongConsumer progress) {
    this.tokens = tokens;
    this.progress = progress;
  }

  @Override
  public String path() {
    return VerifyCall.SERVICE + "IssueToken";
  }

  @Override
  public int maxRequestBytes() {
    return 100;
  }

  @Override
  public int write(ByteBuffer message) {
    int token = next++;
    message.put(
        IssueTokenRequest.newBuilder()
            .setSubject("u" + TokenSet.subjectOf(token))
            .addScopes(SCOPES.get(token % SCOPES.size()))
            .addScopes(SCOPES.get((token + 1) % SCOPES.size()))
            .setLifetime(LIFETIME)
            .build()
            .toByteArray());
    return token;
  }

  @Override
  public @Nullable String judge(int request, byte[] bytes, int offset, int length)
      throws IOException {
    var response = IssueTokenResponse.parser().parseFrom(bytes, offset, length);
    if (response.getSecretBytes().isEmpty()) {
      return "no secret";
    }
    tokens.put(request, response.getSecretBytes().toByteArray());
    progress.accept(1);
    return null;
  }
}
