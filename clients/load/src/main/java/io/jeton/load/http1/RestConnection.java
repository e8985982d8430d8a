package io.jeton.load.http1;

import io.jeton.load.stats.Tally;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One HTTP/1.1 connection, with one request in flight: every answer makes room for the next. Not
 * thread-safe; only the constructor blocks.
 */
final class RestConnection {
  private final SocketChannel channel;
  private final SelectionKey key;
  private final RestCall call;
  private final Tally tally;
  private final ByteBuffer out = ByteBuffer.allocateDirect(RestCall.MAX_REQUEST_BYTES);
  private final Answer answer = new Answer();
  private final ByteBuffer in = ByteBuffer.wrap(answer.bytes());
  private int request;
  private long startNanos;
  private boolean isInFlight;

  RestConnection(InetSocketAddress address, RestCall call, Tally tally, Selector selector)
      throws IOException {
    this.call = call;
    this.tally = tally;
    channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  boolean isInFlight() {
    return isInFlight;
  }

  /** Sends the next request, if there is one to be made. */
  void send(long now) throws IOException {
    if (!tally.tryTakeRequest()) {
      return;
    }
    out.clear();
    request = call.write(out);
    out.flip();
    startNanos = now;
    isInFlight = true;
    channel.write(out);
    if (out.hasRemaining()) {
      throw new IOException("a request that does not fit into an empty socket");
    }
  }

  /** Reads what is there of the answer, and sends the next request when it is whole. */
  void proceed() throws IOException {
    in.limit(in.capacity()).position(answer.size());
    int count = channel.read(in);
    if (count < 0) {
      throw new IOException("the server closed the connection");
    }
    if (count == 0) {
      return;
    }
    if (!isInFlight) {
      throw new IOException("an answer that nobody asked for");
    }
    if (answer.add(count)) {
      long now = System.nanoTime();
      tally.add(
          now - startNanos,
          call.judge(
              request, answer.status(), answer.bytes(), answer.bodyOffset(), answer.bodyLength()));
      answer.clear();
      isInFlight = false;
      send(now);
    }
  }

  /** Ends the connection; a request in flight is not answered. */
  void close(String fault) {
    if (isInFlight) {
      isInFlight = false;
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
}
