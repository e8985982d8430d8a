package io.jeton.load.http1;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A request over HTTP/1.1, made again and again by one thread. */
public interface RestCall {
  /** The most bytes that a request has. */
  int MAX_REQUEST_BYTES = 4_096;

  /**
   * Writes the next request, which has no body.
   *
   * @return a number by which {@link #judge} knows the request again
   */
  int write(ByteBuffer out);

  /**
   * Says what is wrong with the answer to a request, or null when nothing is. The text never holds
   * a secret, and there are few different ones.
   */
  @Nullable String judge(int request, int status, byte[] bytes, int offset, int length);
}
