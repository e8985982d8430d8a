package io.jeton.server.grpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * A message as gRPC sends it: a byte that says whether it is packed, its length in four bytes, and
 * itself (gRPC over HTTP/2, "Length-Prefixed-Message").
 */
final class Frames {
  /** How many bytes come before the message. */
  static final int HEAD = 5;

  private Frames() {}

  /** Whether these bytes are one message, not packed and not too long, and nothing else. */
  static boolean isOneMessage(byte[] frame) {
    return frame.length >= HEAD
        && frame.length <= HEAD + GrpcPort.MAX_MESSAGE_BYTES
        && frame[0] == 0
        && ByteBuffer.wrap(frame, 1, Integer.BYTES).getInt() == frame.length - HEAD;
  }

  /** A message in its frame, not packed. */
  static byte[] of(MessageLite message) {
    int length = message.getSerializedSize();
    byte[] frame = new byte[HEAD + length];
    ByteBuffer.wrap(frame).putInt(1, length);
    CodedOutputStream output = CodedOutputStream.newInstance(frame, HEAD, length);
    try {
      message.writeTo(output);
    } catch (IOException e) {
      throw new UncheckedIOException("an array takes what it has room for", e);
    }
    return frame;
  }
}
