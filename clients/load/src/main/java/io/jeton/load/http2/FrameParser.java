package io.jeton.load.http2;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Cuts a stream of bytes into HTTP/2 frames, wherever the reads happen to end. */
final class FrameParser {
  /** The longest payload that a server may send to a client that has not asked for longer ones. */
  static final int MAX_PAYLOAD = 16_384;

  /** Takes the frames. The bytes are only valid during the call. */
  interface Sink {
    void frame(int type, int flags, int stream, byte[] bytes, int offset, int length)
        throws IOException;
  }

  private final byte[] bytes = new byte[8 * MAX_PAYLOAD];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

  /** Where the next bytes go; there is always room for one. */
  ByteBuffer space() {
    return buffer;
  }

  /** Gives the sink every frame that is complete and keeps the rest. */
  void parse(Sink sink) throws IOException {
    int end = buffer.position();
    int at = 0;
    while (end - at >= Frames.HEADER_BYTES) {
      int word = Frames.intAt(bytes, at);
      int length = word >>> 8;
      if (length > MAX_PAYLOAD) {
        throw new IOException("a frame of " + length + " bytes");
      }
      int payload = at + Frames.HEADER_BYTES;
      if (end - payload < length) {
        break;
      }
      int stream = Frames.intAt(bytes, at + 5) & Integer.MAX_VALUE;
      sink.frame(word & 0xff, bytes[at + 4], stream, bytes, payload, length);
      at = payload + length;
    }
    System.arraycopy(bytes, at, bytes, 0, end - at);
    buffer.position(end - at);
  }
}
