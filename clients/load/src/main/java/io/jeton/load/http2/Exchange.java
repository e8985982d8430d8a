package io.jeton.load.http2;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A call in flight: the place of one HTTP/2 stream, used again by later ones. */
final class Exchange {
  private static final int PREFIX_BYTES = 5;

  private final Call call;
  int stream;
  boolean isOpen;
  long startNanos;
  private int request;
  private boolean isJudged;
  private @Nullable String fault;
  private byte[] partial = {};
  private int partialLength;

  Exchange(Call call) {
    this.call = call;
  }

  void open(int stream, int request, long startNanos) {
    this.stream = stream;
    this.request = request;
    this.startNanos = startNanos;
    isOpen = true;
    isJudged = false;
    fault = null;
    partialLength = 0;
  }

  /** Takes a piece of the answer's body, and judges the message when it is all there. */
  void data(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    if (partialLength == 0 && isMessage(bytes, offset, length)) {
      judge(bytes, offset, length);
      return;
    }
    if (partial.length < partialLength + length) {
      partial = Arrays.copyOf(partial, 2 * (partialLength + length));
    }
    System.arraycopy(bytes, offset, partial, partialLength, length);
    partialLength += length;
    if (isMessage(partial, 0, partialLength)) {
      judge(partial, 0, partialLength);
      partialLength = 0;
    }
  }

  /** What is wrong with the answer, now that it has ended with this status. */
  @Nullable String end(@Nullable String statusFault) {
    isOpen = false;
    if (statusFault != null) {
      return statusFault;
    }
    return isJudged ? fault : "an OK status without a message";
  }

  private static boolean isMessage(byte[] bytes, int offset, int length) {
    return length >= PREFIX_BYTES
        && length - PREFIX_BYTES == Frames.intAt(bytes, offset + 1)
        && bytes[offset] == 0;
  }

  private void judge(byte[] bytes, int offset, int length) {
    if (isJudged) {
      fault = "more than one message";
      return;
    }
    isJudged = true;
    try {
      fault = call.judge(request, bytes, offset + PREFIX_BYTES, length - PREFIX_BYTES);
    } catch (IOException e) {
      fault = "a message that cannot be parsed";
    }
  }
}
