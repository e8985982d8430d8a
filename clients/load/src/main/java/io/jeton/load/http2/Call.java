package io.jeton.load.http2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A unary gRPC call, made again and again by one thread. */
public interface Call {
  /** Where the call goes, such as {@code /jeton.v1.TokenService/VerifyToken}. */
  String path();

  /** The most bytes that a request message has; at most {@value #MAX_REQUEST_BYTES}. */
  int maxRequestBytes();

  /** What fits into one DATA frame and into a stream's first window at any server. */
  int MAX_REQUEST_BYTES = 16_000;

  /**
   * Writes the next request message.
   *
   * @return a number by which {@link #judge} knows the request again
   */
  int write(ByteBuffer message);

  /**
   * Says what is wrong with the answer to a request, or null when nothing is. The text never holds
   * a secret, and there are few different ones.
   *
   * @throws IOException if the answer cannot be parsed
   */
  @Nullable String judge(int request, byte[] bytes, int offset, int length) throws IOException;
}
