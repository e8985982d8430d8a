package io.jeton.load.call;

import com.google.protobuf.Duration;
import io.jeton.load.http2.Call;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.RefreshSpec;
import io.jeton.v1.RefreshWithItself;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** IssueToken of tokens that are refreshed with themselves: the first of their families. */
public final class FamilyCall implements Call {
  private static final RefreshSpec SPEC =
      RefreshSpec.newBuilder()
          .setWindow(Duration.newBuilder().setSeconds(java.time.Duration.ofDays(30).toSeconds()))
          .setItself(RefreshWithItself.getDefaultInstance())
          .build();

  private final RefreshChains chains;
  private final LongConsumer progress;
  private final java.util.Map<Integer, String> early = new java.util.HashMap<>();
  private int written;
  private int added;

  /**
   * Begins families.
   *
   * @param progress is told how many more there are
   */
  public FamilyCall(RefreshChains chains, LongConsumer progress) {
    this.chains = chains;
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
    int family = written++;
    message.put(
        IssueTokenRequest.newBuilder()
            .setSubject("u" + TokenSet.subjectOf(family))
            .addScopes("profile")
            .addScopes("write")
            .setLifetime(IssueCall.LIFETIME)
            .setRefresh(SPEC)
            .build()
            .toByteArray());
    return family;
  }

  @Override
  public @Nullable String judge(int request, byte[] bytes, int offset, int length)
      throws IOException {
    String secret = IssueTokenResponse.parser().parseFrom(bytes, offset, length).getSecret();
    if (secret.isEmpty()) {
      return "no secret";
    }
    // Answers come in any order, and a family's number says its subject.
    early.put(request, secret);
    for (String next = early.remove(added); next != null; next = early.remove(added)) {
      chains.add(next);
      added++;
    }
    progress.accept(1);
    return null;
  }
}
