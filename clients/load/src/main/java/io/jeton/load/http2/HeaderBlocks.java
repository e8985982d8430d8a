package io.jeton.load.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The header blocks of one kind of request on one connection (RFC 7541): the first puts the values
 * into the server's table, all others are seven indexes into it, as any gRPC client sends them.
 */
final class HeaderBlocks {
  private static final int AUTHORITY = 1;
  private static final int POST = 3;
  private static final int PATH = 4;
  private static final int HTTP = 6;
  private static final int AUTHORIZATION = 23;
  private static final int CONTENT_TYPE = 31;
  private static final int NEW_NAME = 0;
  private static final int FIRST_DYNAMIC = 62;

  private static final int INDEXED = 0x80;
  private static final int WITH_INDEXING = 0x40;

  /** The block of every request after the first. */
  static final byte[] FOLLOWING = following();

  private HeaderBlocks() {}

  /** The block of a connection's first request. */
  static byte[] first(Target target, String path) {
    var block = new ByteArrayOutputStream();
    block.write(INDEXED | POST);
    block.write(INDEXED | HTTP);
    block.write(WITH_INDEXING | PATH);
    string(block, path);
    block.write(WITH_INDEXING | AUTHORITY);
    string(block, target.authority());
    block.write(WITH_INDEXING | CONTENT_TYPE);
    string(block, "application/grpc");
    block.write(WITH_INDEXING | NEW_NAME);
    string(block, "te");
    string(block, "trailers");
    block.write(WITH_INDEXING | AUTHORIZATION);
    string(block, "Bearer " + target.key());
    return block.toByteArray();
  }

  private static byte[] following() {
    var block = new ByteArrayOutputStream();
    block.write(INDEXED | POST);
    block.write(INDEXED | HTTP);
    // The newest entry has the lowest index.
    for (int index = FIRST_DYNAMIC + 4; index >= FIRST_DYNAMIC; index--) {
      block.write(INDEXED | index);
    }
    return block.toByteArray();
  }

  private static void string(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = bytes.length;
    if (length < 0x7f) {
      block.write(length);
    } else {
      block.write(0x7f);
      length -= 0x7f;
      for (; length >= 0x80; length >>>= 7) {
        block.write((length & 0x7f) | 0x80);
      }
      block.write(length);
    }
    block.writeBytes(bytes);
  }
}
