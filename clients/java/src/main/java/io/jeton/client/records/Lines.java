package io.jeton.client.records;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The lines of a text in UTF-8, numbered from 1; no more than one is held in memory. Not safe for
 * use by several threads; blocks.
 */
final class Lines implements AutoCloseable {
  private static final int MAX_BYTES = 64 << 10;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final InputStream in;
  private final byte[] buffer = new byte[MAX_BYTES];
  private int position;
  private int limit;
  private long number;

  Lines(InputStream in) {
    this.in = in;
  }

  /** The number of the line that was read last. */
  long number() {
    return number;
  }

  /**
   * The next line without its end; empty when there is none.
   *
   * @throws BadLineException when it is no text; the next call reads the line after it
   */
  Optional<String> next() throws IOException, BadLineException {
    if (isAtEnd()) {
      return Optional.empty();
    }
    number++;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    boolean isTooLong = false;
    boolean isEnded = false;
    while (!isEnded && !isAtEnd()) {
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      isTooLong |= bytes.size() + end - position > MAX_BYTES;
      if (!isTooLong) {
        bytes.write(buffer, position, end - position);
      }
      isEnded = end < limit;
      position = isEnded ? end + 1 : end;
    }
    if (isTooLong) {
      throw new BadLineException(number, "", "is longer than 64 KiB");
    }
    return Optional.of(text(bytes.toByteArray()));
  }

  /** Whether nothing more comes; reads on when the buffer is used up. */
  private boolean isAtEnd() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, in.read(buffer));
    }
    return limit == 0;
  }

  private String text(byte[] bytes) throws BadLineException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new BadLineException(number, "", "is not UTF-8");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
