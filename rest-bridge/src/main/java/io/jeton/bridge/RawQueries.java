package io.jeton.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.AsciiString;
import java.util.UUID;

/**
 * Carries queries that cannot be decoded, such as {@code ?a=%zz}, past the server, which would
 * refuse them, to the contracts, which say what they mean. Only for HTTP/1: with HTTP/2 such a
 * request is one that cannot be read.
 */
final class RawQueries {
  /** The header that has the query; no client can know its name. */
  static final AsciiString HEADER = AsciiString.cached("jeton-query-" + UUID.randomUUID());

  private RawQueries() {}

  /**
   * Takes part in a new connection.
   *
   * @param isTls whether it will be encrypted
   */
  static void carry(ChannelPipeline pipeline, boolean isTls) {
    if (isTls) {
      pipeline.addLast(new TlsSetup());
    } else {
      pipeline.addFirst(new Setup());
    }
  }

  /** Whether the server takes a query as it is: all its escapes are those of characters. */
  static boolean isDecodable(String query) {
    for (int i = query.indexOf('%'); i >= 0; i = query.indexOf('%', i + 1)) {
      if (i + 2 >= query.length()) {
        return false;
      }
      int high = Character.digit(query.charAt(i + 1), 16);
      int low = Character.digit(query.charAt(i + 2), 16);
      if (high < 2 || low < 0 || (high == 7 && low == 15)) {
        return false;
      }
    }
    return true;
  }

  /** Puts a {@link Carrier} behind the decoder of HTTP/1, if that is what a connection speaks. */
  private static boolean follow(ChannelPipeline pipeline) {
    ChannelHandlerContext decoder = pipeline.context(CombinedChannelDuplexHandler.class);
    if (decoder != null) {
      pipeline.addAfter(decoder.name(), null, new Carrier());
    }
    return decoder != null;
  }

  /**
   * Waits in clear text until the server has told the protocols apart. It gets the first bytes one
   * by one, or the decoder could be there and done before it is seen: it comes with the fourth byte
   * of the first request, which may have a header of the PROXY protocol before it.
   */
  private static final class Setup extends ChannelInboundHandlerAdapter {
    /** More than the longest such header of an address and the first bytes of a request. */
    private static final int MOST_BYTES = 512;

    private int seen;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (!(message instanceof ByteBuf bytes)) {
        context.fireChannelRead(message);
        return;
      }
      boolean isDone = false;
      while (!isDone && bytes.isReadable()) {
        context.fireChannelRead(bytes.readRetainedSlice(1));
        seen++;
        isDone =
            follow(context.pipeline())
                || seen == MOST_BYTES
                || context.pipeline().get(Http2ConnectionHandler.class) != null;
      }
      if (isDone) {
        context.pipeline().remove(this);
      }
      if (bytes.isReadable()) {
        context.fireChannelRead(bytes);
      } else {
        bytes.release();
      }
    }
  }

  /** Waits with TLS until the handshake has told the protocols apart. */
  private static final class TlsSetup extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent) {
        follow(context.pipeline());
        context.pipeline().remove(this);
      }
      context.fireUserEventTriggered(event);
    }
  }

  /** Moves the query that cannot be decoded from the target of a request to a header. */
  private static final class Carrier extends ChannelInboundHandlerAdapter {
    /** Here the connection is known to speak HTTP/1. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      context.pipeline().addAfter(context.name(), null, new LastAnswer());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        String target = request.uri();
        int mark = target.indexOf('?');
        String query = mark < 0 ? "" : target.substring(mark + 1);
        if (!isDecodable(query) && query.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
          request.setUri(target.substring(0, mark)).headers().set(HEADER, query);
        }
      }
      context.fireChannelRead(message);
    }
  }
}
