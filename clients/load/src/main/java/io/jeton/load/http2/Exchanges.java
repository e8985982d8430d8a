package io.jeton.load.http2;

import org.jspecify.annotations.Nullable;

/**
 * The calls in flight on one connection, found by stream id: a ring in which a stream's place
 * follows from its id, and an id whose place is taken is passed over (RFC 9113 section 5.1.1 only
 * wants ids to grow).
 */
final class Exchanges {
  private final Exchange[] ring;
  private final int mask;
  private final int lastStream;
  private int nextStream = 1;
  private int open;

  Exchanges(Call call, int streams, int lastStream) {
    this.lastStream = lastStream;
    ring = new Exchange[4 * Integer.highestOneBit(streams)];
    mask = ring.length - 1;
    for (int i = 0; i < ring.length; i++) {
      ring[i] = new Exchange(call);
    }
  }

  int inFlight() {
    return open;
  }

  /** Whether the stream ids are used up, so that the connection has to be replaced. */
  boolean isUsedUp() {
    return nextStream > lastStream || nextStream < 0;
  }

  /** A free place; its stream is {@link #nextStream}. */
  Exchange free() {
    Exchange exchange = at(nextStream);
    while (exchange.isOpen) {
      nextStream += 2;
      exchange = at(nextStream);
    }
    return exchange;
  }

  int nextStream() {
    return nextStream;
  }

  void open(Exchange exchange, int request, long now) {
    exchange.open(nextStream, request, now);
    nextStream += 2;
    open++;
  }

  @Nullable Exchange find(int stream) {
    Exchange exchange = at(stream);
    return exchange.isOpen && exchange.stream == stream ? exchange : null;
  }

  @Nullable String end(Exchange exchange, @Nullable String fault) {
    open--;
    return exchange.end(fault);
  }

  private Exchange at(int stream) {
    return ring[stream >> 1 & mask];
  }
}
