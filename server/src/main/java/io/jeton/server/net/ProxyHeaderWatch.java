package io.jeton.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/**
 * Ends a connection that begins with a header of the PROXY protocol, which only trusted proxies may
 * send. It goes once the first bytes are others. For one connection, on its event loop.
 */
final class ProxyHeaderWatch extends ChannelInboundHandlerAdapter {
  private static final byte[] VERSION_1 = "PROXY".getBytes(StandardCharsets.US_ASCII);

  /** The first of twelve; no request begins with them. */
  private static final byte[] VERSION_2 = {'\r', '\n', '\r', '\n', 0};

  private final Runnable end;
  private int seen;
  private boolean mayBeVersion1 = true;
  private boolean mayBeVersion2 = true;

  ProxyHeaderWatch(Runnable end) {
    this.end = end;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      for (int i = bytes.readerIndex(); i < bytes.writerIndex() && seen < VERSION_1.length; i++) {
        mayBeVersion1 &= bytes.getByte(i) == VERSION_1[seen];
        mayBeVersion2 &= bytes.getByte(i) == VERSION_2[seen];
        seen++;
      }
    }
    boolean mayBe = mayBeVersion1 || mayBeVersion2;
    if (mayBe && seen == VERSION_1.length) {
      ReferenceCountUtil.release(message);
      end.run();
      return;
    }
    if (!mayBe) {
      context.pipeline().remove(this);
    }
    context.fireChannelRead(message);
  }
}
