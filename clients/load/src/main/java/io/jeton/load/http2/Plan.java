package io.jeton.load.http2;

import java.time.Duration;

/**
 * How much to load.
 *
 * @param connections how many connections share the calls
 * @param streams how many calls each connection keeps in flight
 * @param requests how many requests to make at most
 * @param duration how long to make requests at most
 * @param lastStream the id after which a connection is replaced; HTTP/2 has none above 2^31-1
 */
public record Plan(int connections, int streams, long requests, Duration duration, int lastStream) {
  private static final int LAST_STREAM = Integer.MAX_VALUE - (1 << 16);
  private static final Duration FOR_EVER = Duration.ofDays(365);

  /** Requests for a time. */
  public static Plan of(int connections, int streams, Duration duration) {
    return new Plan(connections, streams, Long.MAX_VALUE, duration, LAST_STREAM);
  }

  /** A number of requests, however long they take. */
  public static Plan of(int connections, int streams, long requests) {
    return new Plan(connections, streams, requests, FOR_EVER, LAST_STREAM);
  }

  /** The same with fewer streams to a connection. */
  Plan withLastStream(int stream) {
    return new Plan(connections, streams, requests, duration, stream);
  }
}
