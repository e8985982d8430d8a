package io.jeton.load.http1;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One answer as its bytes come in: a status line, headers, a body of a stated length. */
final class Answer {
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private final byte[] bytes = new byte[64 << 10];
  private int size;
  private int body = -1;
  private int end;

  byte[] bytes() {
    return bytes;
  }

  /** Where the next bytes go. */
  int size() {
    return size;
  }

  /**
   * Takes in that so many more bytes have come.
   *
   * @return whether the answer is whole
   * @throws IOException if it is none, is too long, or has no length
   */
  boolean add(int count) throws IOException {
    int from = Math.max(0, size - 3);
    size += count;
    if (body < 0) {
      body = afterHeaders(from);
      if (body >= 0) {
        end = body + contentLength();
      }
    }
    if (size == bytes.length || (body >= 0 && size > end)) {
      throw new IOException("an answer that is too long");
    }
    return body >= 0 && size == end;
  }

  int status() {
    return (bytes[STATUS_AT] - '0') * 100
        + (bytes[STATUS_AT + 1] - '0') * 10
        + (bytes[STATUS_AT + 2] - '0');
  }

  int bodyOffset() {
    return body;
  }

  int bodyLength() {
    return end - body;
  }

  void clear() {
    size = 0;
    body = -1;
  }

  private int afterHeaders(int from) {
    for (int i = from; i + 3 < size; i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  private int contentLength() throws IOException {
    for (int i = 0; i < body; i++) {
      if (bytes[i] == '\n' && isLengthAt(i + 1)) {
        return number(i + 1 + LENGTH.length);
      }
    }
    throw new IOException("an answer without a content-length");
  }

  private boolean isLengthAt(int at) {
    for (int i = 0; i < LENGTH.length; i++) {
      if ((bytes[at + i] | 0x20) != (LENGTH[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private int number(int at) throws IOException {
    int value = 0;
    int i = at;
    while (bytes[i] == ' ') {
      i++;
    }
    for (; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      value = value * 10 + bytes[i] - '0';
      if (value > bytes.length) {
        throw new IOException("an answer that is too long");
      }
    }
    return value;
  }
}
