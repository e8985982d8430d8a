package io.jeton.load.call;

import io.jeton.load.http2.Call;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** VerifyToken with a token that nobody issued: any verdict shows that the server answers. */
public final class ProbeCall implements Call {
  private final byte[] request =
      VerifyTokenRequest.newBuilder().setToken("nobody-issued-this").build().toByteArray();

  @Override
  public String path() {
    return VerifyCall.SERVICE + "VerifyToken";
  }

  @Override
  public int maxRequestBytes() {
    return request.length;
  }

  @Override
  public int write(ByteBuffer message) {
    message.put(request);
    return 0;
  }

  @Override
  public @Nullable String judge(int request, byte[] bytes, int offset, int length)
      throws IOException {
    boolean isActive = VerifyTokenResponse.parser().parseFrom(bytes, offset, length).getActive();
    return isActive ? "active, and nobody issued it" : null;
  }
}
