package io.jeton.bridge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;

/**
 * Tells a client of HTTP/1 as soon as an answer is out that it was the connection's last. The
 * server keeps the connection for three more seconds, so that it is the client who closes it: a
 * client that reads to the end, as PHP's streams do, would wait as long.
 */
final class LastAnswer extends ChannelDuplexHandler {
  private boolean isLast;

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response && response.status().code() >= 200) {
      isLast = !HttpUtil.isKeepAlive(response);
    }
    ChannelPromise written = promise;
    if (isLast && message instanceof LastHttpContent) {
      written = promise.unvoid().addListener(sent -> end(context.channel(), sent.isSuccess()));
    }
    ChannelFuture unused = context.write(message, written);
  }

  /** Keeps from the server, which would log it, what {@link #end} is told about itself. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event != ChannelOutputShutdownEvent.INSTANCE) {
      context.fireUserEventTriggered(event);
    }
  }

  /** Ends what is sent; what still comes is read, so that the answer is not lost on its way. */
  private static void end(Channel channel, boolean isSent) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (isSent && tls != null) {
      ChannelFuture unused = tls.closeOutbound();
    } else if (isSent && channel instanceof DuplexChannel duplex) {
      ChannelFuture unused = duplex.shutdownOutput();
    }
  }
}
