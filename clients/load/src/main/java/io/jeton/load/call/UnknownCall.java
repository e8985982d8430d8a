package io.jeton.load.call;

import io.jeton.load.http2.Call;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** VerifyToken, each time of another well-formed token that nobody issued. */
public final class UnknownCall implements Call {
  private final WellFormed secrets;
  private final Runnable before;

  /**
   * Makes up tokens.
   *
   * @param before runs before each request is written; it may wait, to set the pace
   */
  public UnknownCall(long seed, Runnable before) {
    secrets = new WellFormed(seed);
    this.before = before;
  }

  @Override
  public String path() {
    return VerifyCall.SERVICE + "VerifyToken";
  }

  @Override
  public int maxRequestBytes() {
    return 100;
  }

  @Override
  public int write(ByteBuffer message) {
    before.run();
    message.put(VerifyTokenRequest.newBuilder().setToken(secrets.next()).build().toByteArray());
    return 0;
  }

  @Override
  public @Nullable String judge(int request, byte[] bytes, int offset, int length)
      throws IOException {
    boolean isActive = VerifyTokenResponse.parser().parseFrom(bytes, offset, length).getActive();
    return isActive ? "active, and nobody issued it" : null;
  }
}
