package io.jeton.load.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameParserTest {
  private record Frame(int type, int flags, int stream, List<Byte> payload) {}

  private final SplittableRandom random = new SplittableRandom(42);

  @Test
  void parse_givesTheSameFrames_whereverTheReadsEnd() throws IOException {
    List<Frame> sent = frames(200);
    byte[] bytes = encoded(sent);
    for (int mostBytes : new int[] {1, 2, 8, 9, 10, 1000, 20_000}) {
      assertThat(parsed(bytes, mostBytes)).as("reads up to %s bytes", mostBytes).isEqualTo(sent);
    }
  }

  @Test
  void parse_givesNothing_untilTheLastByteOfAFrame() throws IOException {
    Frame frame = new Frame(Frames.DATA, 1, 5, payload(20));
    byte[] bytes = encoded(List.of(frame));
    assertThat(parsed(Arrays.copyOf(bytes, bytes.length - 1), 100)).isEmpty();
    assertThat(parsed(bytes, 100)).containsExactly(frame);
  }

  @Test
  void parse_ignoresTheReservedBitOfAStreamId() throws IOException {
    byte[] bytes = encoded(List.of(new Frame(Frames.PING, 0, 1, payload(8))));
    bytes[5] |= (byte) 0x80;
    assertThat(parsed(bytes, 100)).extracting(Frame::stream).containsExactly(1);
  }

  @Test
  void parse_takesTheLongestFrameAllowed() throws IOException {
    Frame frame = new Frame(Frames.DATA, 0, 3, payload(FrameParser.MAX_PAYLOAD));
    assertThat(parsed(encoded(List.of(frame)), 5000)).containsExactly(frame);
  }

  @Test
  void parse_refusesALongerOne() {
    byte[] bytes = encoded(List.of(new Frame(Frames.DATA, 0, 3, payload(16_385))));
    assertThatThrownBy(() -> parsed(bytes, 1000)).hasMessage("a frame of 16385 bytes");
  }

  private List<Frame> frames(int count) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = random.nextInt(4) == 0 ? 0 : random.nextInt(1 << random.nextInt(14));
      frames.add(
          new Frame(
              random.nextInt(10), random.nextInt(64), random.nextInt(1 << 30), payload(length)));
    }
    return frames;
  }

  private List<Byte> payload(int length) {
    List<Byte> payload = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      payload.add((byte) random.nextInt());
    }
    return payload;
  }

  private static byte[] encoded(List<Frame> frames) {
    ByteBuffer out = ByteBuffer.allocate(8 << 20);
    for (Frame frame : frames) {
      Frames.header(out, frame.payload.size(), frame.type, frame.flags, frame.stream);
      frame.payload.forEach(out::put);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private List<Frame> parsed(byte[] bytes, int mostBytes) throws IOException {
    List<Frame> frames = new ArrayList<>();
    var parser = new FrameParser();
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(1 + random.nextInt(mostBytes), bytes.length - at);
      parser.space().put(bytes, at, length);
      at += length;
      parser.parse(
          (type, flags, stream, b, offset, n) -> {
            List<Byte> payload = new ArrayList<>();
            for (int i = 0; i < n; i++) {
              payload.add(b[offset + i]);
            }
            frames.add(new Frame(type, flags, stream, payload));
          });
    }
    return frames;
  }
}
