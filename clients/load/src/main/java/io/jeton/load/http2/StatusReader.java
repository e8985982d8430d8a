package io.jeton.load.http2;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the gRPC status from the header blocks that end answers. A block that was OK once is known
 * by its bytes from then on; only others are decoded.
 */
final class StatusReader {
  private static final int MESSAGE_SHOWN = 200;

  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private byte[] ok = {};

  /** What the status says is wrong, or null when it is OK. */
  @Nullable String fault(int stream, byte[] bytes, int offset, int length) throws IOException {
    if (Arrays.equals(bytes, offset, offset + length, ok, 0, ok.length)) {
      return null;
    }
    Http2Headers headers;
    try {
      headers = decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(bytes, offset, length));
    } catch (Http2Exception e) {
      throw new IOException("a header block that cannot be decoded", e);
    }
    CharSequence status = headers.get("grpc-status");
    if (status == null) {
      return "no grpc-status, HTTP status " + headers.status();
    }
    if ("0".contentEquals(status)) {
      ok = Arrays.copyOfRange(bytes, offset, offset + length);
      return null;
    }
    CharSequence message = headers.get("grpc-message");
    return "grpc-status " + status + (message == null ? "" : ": " + shown(message));
  }

  private static String shown(CharSequence message) {
    String text = message.toString().replaceAll("jt_\\w+", "jt_****");
    return text.length() <= MESSAGE_SHOWN ? text : text.substring(0, MESSAGE_SHOWN) + "…";
  }
}
