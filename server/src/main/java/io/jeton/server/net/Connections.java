package io.jeton.server.net;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a port: refuses those too many, those that a stranger opens in somebody else's
 * name, and those on which nothing is answered. Safe for use by several threads; never blocks.
 */
public final class Connections {
  private final Limits limits;
  private final Predicate<InetAddress> isProxy;
  private final boolean proxyProtocol;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<InetAddress, Integer> openByNetwork = new ConcurrentHashMap<>();
  private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);

  /**
   * The connections of a port that has none yet.
   *
   * @param isProxy whether an address is one of a trusted proxy
   * @param proxyProtocol whether those speak the PROXY protocol
   */
  public Connections(
      Limits limits, Predicate<InetAddress> isProxy, boolean proxyProtocol, MeterRegistry metrics) {
    this.limits = limits;
    this.isProxy = isProxy;
    this.proxyProtocol = proxyProtocol;
    for (Reason reason : Reason.values()) {
      refused.put(
          reason,
          Counter.builder("jeton.connections.refused")
              .description("Connections that were closed, by reason")
              .tag("reason", reason.name().toLowerCase(Locale.ROOT))
              .register(metrics));
    }
    Gauge.builder("jeton.connections.open", open, AtomicInteger::get)
        .description("Connections of clients")
        .register(metrics);
  }

  /**
   * How many there may be.
   *
   * @param perAddress from one address that is not a proxy's
   * @param unanswered how long one may stay on which nothing is answered
   */
  public record Limits(int connections, int perAddress, Duration unanswered) {}

  /** Why a connection is closed. */
  enum Reason {
    TOO_MANY,
    TOO_MANY_OF_ADDRESS,
    PROXY_PROTOCOL,
    UNANSWERED
  }

  /** Takes part in a new connection, before everything else does. */
  public void guard(ChannelPipeline pipeline) {
    Channel channel = pipeline.channel();
    if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
      return;
    }
    InetAddress peer = remote.getAddress();
    boolean isTrusted = isProxy.test(peer);
    if (!count(channel, isTrusted ? null : ClientNetworks.of(peer))) {
      return;
    }
    pipeline.addFirst(
        new AnswerWatch(limits.unanswered(), () -> refuse(channel, Reason.UNANSWERED)));
    if (proxyProtocol && !isTrusted) {
      pipeline.addFirst(new ProxyHeaderWatch(() -> refuse(channel, Reason.PROXY_PROTOCOL)));
    }
  }

  /** Counts it until it is closed; false when it is one too many and closed already. */
  private boolean count(Channel channel, @Nullable InetAddress network) {
    if (open.incrementAndGet() > limits.connections()) {
      open.decrementAndGet();
      refuse(channel, Reason.TOO_MANY);
      return false;
    }
    if (network != null && openByNetwork.merge(network, 1, Integer::sum) > limits.perAddress()) {
      forget(network);
      open.decrementAndGet();
      refuse(channel, Reason.TOO_MANY_OF_ADDRESS);
      return false;
    }
    channel
        .closeFuture()
        .addListener(
            closed -> {
              open.decrementAndGet();
              if (network != null) {
                forget(network);
              }
            });
    return true;
  }

  private void forget(InetAddress network) {
    openByNetwork.computeIfPresent(network, (key, count) -> count == 1 ? null : count - 1);
  }

  /** Closes it without a word and without leaving anything behind. */
  private void refuse(Channel channel, Reason reason) {
    Counter counter = refused.get(reason);
    if (counter != null) {
      counter.increment();
    }
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    ChannelFuture unused = channel.close();
  }
}
