package io.jeton.load.call;

import com.google.protobuf.MessageLite;
import io.jeton.load.http2.Call;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The same request, made again and again; every answer that is no error is right. */
public final class OneCall implements Call {
  private final String path;
  private final byte[] message;
  private final Runnable before;

  /**
   * Makes one request of it.
   *
   * @param path where it goes, such as {@code /jeton.v1.AccountService/CheckPassword}
   * @param before runs before each request is written; it may wait, to set the pace
   */
  public OneCall(String path, MessageLite request, Runnable before) {
    this.path = path;
    this.message = request.toByteArray();
    this.before = before;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public int maxRequestBytes() {
    return message.length;
  }

  @Override
  public int write(ByteBuffer out) {
    before.run();
    out.put(message);
    return 0;
  }

  @Override
  public @Nullable String judge(int request, byte[] bytes, int offset, int length) {
    return null;
  }
}
