package io.jeton.server;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerListenerAdapter;
import io.micrometer.core.instrument.Gauge;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the last answers of one stopping server out and then closes its connections, on which
 * nothing is under way any more: the server itself would give them a second. Safe for use by
 * several threads; as a listener it blocks for at most twice its limit.
 */
final class LastAnswers extends ServerListenerAdapter implements Consumer<ChannelPipeline> {
  /** How many answers a server has not sent yet, as it counts them itself. */
  private static final String PENDING = "armeria.server.pending.responses";

  private static final Duration POLL = Duration.ofMillis(5);

  private final Duration quiet;
  private final Duration atMost;
  private final ChannelGroup connections =
      new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);

  /**
   * Has nothing to close yet.
   *
   * @param quiet for how long no answer may have been on its way
   * @param atMost how long the answers may take; with those that take longer the server deals
   */
  LastAnswers(Duration quiet, Duration atMost) {
    this.quiet = quiet;
    this.atMost = atMost;
  }

  /** Takes note of a new connection. */
  @Override
  public void accept(ChannelPipeline pipeline) {
    connections.add(pipeline.channel());
  }

  @Override
  public void serverStopping(Server server) {
    if (isQuietInTime(server.meterRegistry().find(PENDING).gauge())) {
      boolean unused = connections.close().awaitUninterruptibly(atMost.toMillis());
    }
  }

  private boolean isQuietInTime(@Nullable Gauge pending) {
    long begin = System.nanoTime();
    long busy = begin;
    for (long now = begin; now - begin < atMost.toNanos(); now = System.nanoTime()) {
      if (pending == null || pending.value() != 0) {
        busy = now;
      } else if (now - busy >= quiet.toNanos()) {
        return true;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return false;
  }
}
