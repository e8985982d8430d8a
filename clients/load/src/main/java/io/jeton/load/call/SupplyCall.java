package io.jeton.load.call;

import io.jeton.load.http2.Call;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.SuppliedFormat;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** IssueToken once for every one of some secrets, as a contract would. */
public final class SupplyCall implements Call {
  private final Codes codes;
  private final IssueTokenRequest likeThis;
  private final LongConsumer progress;
  private int next;

  /**
   * Issues tokens.
   *
   * @param likeThis what they have in common
   * @param progress is told how many more tokens were issued
   */
  public SupplyCall(Codes codes, IssueTokenRequest likeThis, LongConsumer progress) {
    this.codes = codes;
    this.likeThis = likeThis;
    this.progress = progress;
  }

  @Override
  public String path() {
    return VerifyCall.SERVICE + "IssueToken";
  }

  @Override
  public int maxRequestBytes() {
    return likeThis.getSerializedSize() + 2 * Codes.BYTES;
  }

  @Override
  public int write(ByteBuffer message) {
    int code = next++;
    message.put(
        likeThis.toBuilder()
            .setSupplied(SuppliedFormat.newBuilder().setCode(codes.code(code)))
            .build()
            .toByteArray());
    return code;
  }

  @Override
  public @Nullable String judge(int request, byte[] bytes, int offset, int length) {
    progress.accept(1);
    return null;
  }
}
