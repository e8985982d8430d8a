package io.jeton.server.net;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection on which a client has sent something, or nothing yet, and been sent nothing for
 * too long: a request that comes a byte a second. With HTTP/2, where either side may have the last
 * word, it goes: the server's own idle time-out is enough there. For one connection, on its event
 * loop.
 */
final class AnswerWatch extends ChannelDuplexHandler {
  /** In so many parts the time is measured; so it may last longer by one of them. */
  private static final int PARTS = 4;

  private final long partNanos;
  private final Runnable end;
  private @Nullable ScheduledFuture<?> timer;

  /** Whether the client waits for something; at first it is a connection that is. */
  private boolean isOwed = true;

  private int parts;

  AnswerWatch(Duration limit, Runnable end) {
    this.partNanos = limit.toNanos() / PARTS;
    this.end = end;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    timer =
        context
            .executor()
            .scheduleWithFixedDelay(
                () -> look(context), partNanos, partNanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stop();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    stop();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    isOwed = true;
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    isOwed = false;
    parts = 0;
    ChannelFuture unused = context.write(message, promise);
  }

  private void look(ChannelHandlerContext context) {
    if (context.pipeline().get(Http2ConnectionHandler.class) != null) {
      context.pipeline().remove(this);
      return;
    }
    parts = isOwed ? parts + 1 : 0;
    if (parts > PARTS) {
      stop();
      end.run();
    }
  }

  private void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
