package io.jeton.load.http2;

import io.jeton.load.stats.Tally;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection that keeps a number of calls in flight: every answer makes room for the
 * next request. Not thread-safe; only {@link #Connection} blocks.
 */
final class Connection implements FrameParser.Sink {
  private static final int STREAM_WINDOW = 1 << 24;
  private static final int CONNECTION_WINDOW = 1 << 30;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Call call;
  private final Tally tally;
  private final FrameParser parser = new FrameParser();
  private final StatusReader statuses = new StatusReader();
  private final Exchanges exchanges;
  private final Outbound out;
  private final int room;
  private byte[] headers;
  private int streams;
  private int received;
  private boolean isReady;
  private boolean isStarted;
  private long now;

  Connection(Target target, Call call, Tally tally, Plan plan, Selector selector)
      throws IOException {
    this.call = call;
    this.tally = tally;
    streams = plan.streams();
    exchanges = new Exchanges(call, streams, plan.lastStream());
    headers = HeaderBlocks.first(target, call.path());
    room = headers.length + call.maxRequestBytes() + 2 * Frames.HEADER_BYTES + 5;
    channel = SocketChannel.open(target.address());
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    key = channel.register(selector, SelectionKey.OP_READ, this);
    out = new Outbound(channel, key);
    Frames.preface(out.control(), STREAM_WINDOW, CONNECTION_WINDOW);
    out.flush();
  }

  /** Whether the server has said what it allows. */
  boolean isReady() {
    return isReady;
  }

  int inFlight() {
    return exchanges.inFlight();
  }

  boolean isUsedUp() {
    return exchanges.isUsedUp() && exchanges.inFlight() == 0;
  }

  /** Lets requests be sent, from now on or from when the server has said what it allows. */
  void start(long startNanos) throws IOException {
    isStarted = true;
    now = startNanos;
    send();
  }

  /**
   * Makes a request whose time begins at the given instant, if there is room for it. It is sent
   * with {@link #flush}.
   */
  boolean offer(long startNanos) {
    if (!isReady
        || exchanges.inFlight() >= streams
        || exchanges.isUsedUp()
        || !out.hasRoomFor(room)) {
      return false;
    }
    open(startNanos);
    return true;
  }

  void flush() throws IOException {
    out.flush();
  }

  /** Reads the answers that are there and sends as many requests. */
  void proceed() throws IOException {
    if (channel.read(parser.space()) < 0) {
      throw new IOException("the server closed the connection");
    }
    now = System.nanoTime();
    parser.parse(this);
    send();
  }

  /** Ends the connection; what is in flight is not answered. */
  void close(String fault) {
    for (int left = exchanges.inFlight(); left > 0; left--) {
      tally.add(0, fault);
    }
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // It is of no use any more either way.
      return;
    }
  }

  @Override
  public void frame(int type, int flags, int stream, byte[] bytes, int offset, int length)
      throws IOException {
    switch (type) {
      case Frames.DATA -> data(flags, stream, bytes, offset, length);
      case Frames.HEADERS -> headers(flags, stream, bytes, offset, length);
      case Frames.RST_STREAM -> end(stream, "RST_STREAM " + Frames.intAt(bytes, offset));
      case Frames.GOAWAY -> throw new IOException("GOAWAY " + Frames.intAt(bytes, offset + 4));
      case Frames.SETTINGS -> settings(flags, bytes, offset, length);
      case Frames.PING -> {
        if ((flags & Frames.ACK) == 0) {
          Frames.header(out.control(), length, Frames.PING, Frames.ACK, 0);
          out.control().put(bytes, offset, length);
        }
      }
      case Frames.WINDOW_UPDATE -> out.addToWindow(stream == 0 ? Frames.intAt(bytes, offset) : 0);
      default -> {}
    }
  }

  private void data(int flags, int stream, byte[] bytes, int offset, int length) {
    received += length;
    Exchange exchange = exchanges.find(stream);
    if (exchange == null) {
      return;
    }
    boolean isPadded = (flags & Frames.PADDED) != 0;
    int padding = isPadded ? 1 + (bytes[offset] & 0xff) : 0;
    exchange.data(bytes, offset + (isPadded ? 1 : 0), length - padding);
    if ((flags & Frames.END_STREAM) != 0) {
      end(stream, "no grpc-status");
    }
  }

  private void headers(int flags, int stream, byte[] bytes, int offset, int length)
      throws IOException {
    if ((flags & Frames.END_HEADERS) == 0 || (flags & (Frames.PADDED | Frames.PRIORITY)) != 0) {
      throw new IOException("a header block in more than one frame, padded, or with a priority");
    }
    if ((flags & Frames.END_STREAM) != 0) {
      end(stream, statuses.fault(stream, bytes, offset, length));
    }
  }

  private void settings(int flags, byte[] bytes, int offset, int length) throws IOException {
    if ((flags & Frames.ACK) != 0) {
      return;
    }
    for (int at = offset; at + 6 <= offset + length; at += 6) {
      int value = Frames.intAt(bytes, at + 2);
      switch (bytes[at + 1]) {
        case Frames.MAX_CONCURRENT_STREAMS ->
            streams = value < 0 ? streams : Math.min(streams, value);
        case Frames.HEADER_TABLE_SIZE -> {
          if (value >= 0 && value < 4096) {
            throw new IOException("a server with a header table of " + value + " bytes");
          }
        }
        default -> {}
      }
    }
    Frames.header(out.control(), 0, Frames.SETTINGS, Frames.ACK, 0);
    isReady = true;
  }

  private void end(int stream, @Nullable String fault) {
    Exchange exchange = exchanges.find(stream);
    if (exchange != null) {
      tally.add(now - exchange.startNanos, exchanges.end(exchange, fault));
    }
  }

  private void send() throws IOException {
    if (received > CONNECTION_WINDOW / 2) {
      Frames.windowUpdate(out.control(), received);
      received = 0;
    }
    while (isStarted
        && isReady
        && exchanges.inFlight() < streams
        && !exchanges.isUsedUp()
        && out.hasRoomFor(room)
        && tally.tryTakeRequest()) {
      open(now);
    }
    out.flush();
  }

  private void open(long startNanos) {
    Exchange exchange = exchanges.free();
    int request = out.request(exchanges.nextStream(), headers, call);
    headers = HeaderBlocks.FOLLOWING;
    exchanges.open(exchange, request, startNanos);
  }
}
