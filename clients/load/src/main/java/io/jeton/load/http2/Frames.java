package io.jeton.load.http2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The parts of HTTP/2's framing (RFC 9113 section 6) that a client of unary calls needs. */
final class Frames {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;

  static final int ACK = 1;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  static final int PADDED = 8;
  static final int PRIORITY = 0x20;

  static final int HEADER_TABLE_SIZE = 1;
  static final int ENABLE_PUSH = 2;
  static final int MAX_CONCURRENT_STREAMS = 3;
  static final int INITIAL_WINDOW_SIZE = 4;

  static final int HEADER_BYTES = 9;
  static final int FIRST_WINDOW = 65_535;

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private Frames() {}

  static void header(ByteBuffer out, int length, int type, int flags, int stream) {
    out.putInt(length << 8 | type);
    out.put((byte) flags);
    out.putInt(stream);
  }

  /**
   * Opens a connection. A header table of zero makes every answer's header block stand for itself,
   * so that equal blocks mean equal headers.
   */
  static void preface(ByteBuffer out, int streamWindow, int connectionWindow) {
    out.put(PREFACE);
    header(out, 3 * 6, SETTINGS, 0, 0);
    out.putShort((short) HEADER_TABLE_SIZE).putInt(0);
    out.putShort((short) ENABLE_PUSH).putInt(0);
    out.putShort((short) INITIAL_WINDOW_SIZE).putInt(streamWindow);
    windowUpdate(out, connectionWindow - FIRST_WINDOW);
  }

  static void windowUpdate(ByteBuffer out, int increment) {
    header(out, 4, WINDOW_UPDATE, 0, 0);
    out.putInt(increment);
  }

  static int intAt(byte[] bytes, int offset) {
    return (bytes[offset] & 0xff) << 24
        | (bytes[offset + 1] & 0xff) << 16
        | (bytes[offset + 2] & 0xff) << 8
        | (bytes[offset + 3] & 0xff);
  }
}
