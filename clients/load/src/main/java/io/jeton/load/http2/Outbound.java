package io.jeton.load.http2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** The bytes on their way to a server, and what it still lets us send. Never blocks. */
final class Outbound {
  private static final int BYTES = 1 << 18;
  private static final int ROOM_FOR_CONTROL = 1 << 12;
  private static final int PREFIX_BYTES = 5;

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
  private final SocketChannel channel;
  private final SelectionKey key;
  private int window = Frames.FIRST_WINDOW;

  Outbound(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
  }

  /** Where control frames go; requests always leave room for some. */
  ByteBuffer control() {
    return bytes;
  }

  void addToWindow(int increment) {
    window += increment;
  }

  boolean hasRoomFor(int requestBytes) {
    return window > requestBytes && bytes.remaining() > requestBytes + ROOM_FOR_CONTROL;
  }

  /** Appends a request, and answers what the call knows it by. */
  int request(int stream, byte[] headers, Call call) {
    Frames.header(bytes, headers.length, Frames.HEADERS, Frames.END_HEADERS, stream);
    bytes.put(headers);
    int frame = bytes.position();
    int message = frame + Frames.HEADER_BYTES + PREFIX_BYTES;
    bytes.position(message);
    int request = call.write(bytes);
    int length = bytes.position() - message;
    bytes.position(frame);
    Frames.header(bytes, PREFIX_BYTES + length, Frames.DATA, Frames.END_STREAM, stream);
    bytes.put((byte) 0).putInt(length);
    bytes.position(message + length);
    window -= PREFIX_BYTES + length;
    return request;
  }

  /** Sends what the socket takes, and waits for it to take more when that is not all. */
  void flush() throws IOException {
    if (bytes.position() > 0) {
      bytes.flip();
      channel.write(bytes);
      bytes.compact();
    }
    int wanted = SelectionKey.OP_READ | (bytes.position() > 0 ? SelectionKey.OP_WRITE : 0);
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }
}
