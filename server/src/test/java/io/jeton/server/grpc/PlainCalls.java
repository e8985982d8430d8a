package io.jeton.server.grpc;

import com.google.protobuf.MessageLite;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpRequestWriter;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import io.grpc.Status;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** gRPC as plain HTTP/2 on connections of its own, for requests that no stub would send. */
final class PlainCalls implements AutoCloseable {
  /** Their memory is not the server's. */
  private final ClientFactory connections =
      ClientFactory.builder()
          .channelOption(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false))
          .build();

  private final WebClient client;

  PlainCalls(String url) {
    client =
        WebClient.builder(url.replace("http://", "h2c://"))
            .factory(connections)
            .responseTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .build();
  }

  /** A call that has begun, and what it is answered. */
  record Begun(HttpRequestWriter request, CompletableFuture<AggregatedHttpResponse> answer) {
    /** Sends more of the message. */
    Begun send(byte[] bytes) {
      request.write(HttpData.wrap(bytes));
      return this;
    }

    /** Says that the message has been sent. */
    Begun end() {
      request.close();
      return this;
    }

    /** The answer, which has to come soon. */
    Answer answered() throws Exception {
      return Answer.of(answer.get(20, TimeUnit.SECONDS));
    }
  }

  /**
   * An answer.
   *
   * @param headers those of HTTP
   * @param status what gRPC says, if it says anything
   */
  record Answer(HttpHeaders headers, Optional<Status.Code> status, byte[] content) {
    static Answer of(AggregatedHttpResponse response) {
      String code =
          response.headers().get("grpc-status", response.trailers().get("grpc-status", ""));
      return new Answer(
          response.headers(),
          code.isEmpty()
              ? Optional.empty()
              : Optional.of(Status.fromCodeValue(Integer.parseInt(code)).getCode()),
          response.content().array());
    }

    /** Whether the machinery that serves any rpc has given it. */
    boolean isOfTheLongWay() {
      return headers.contains("grpc-encoding");
    }
  }

  /** What a call has, with more headers as names and values. */
  static RequestHeaders headers(String path, String... more) {
    RequestHeadersBuilder headers =
        RequestHeaders.builder(HttpMethod.POST, path)
            .set(HttpHeaderNames.CONTENT_TYPE, "application/grpc+proto")
            .set(HttpHeaderNames.TE, "trailers");
    for (int i = 0; i < more.length; i += 2) {
      headers.set(more[i], more[i + 1]);
    }
    return headers.build();
  }

  Begun begin(RequestHeaders headers) {
    HttpRequestWriter request = HttpRequest.streaming(headers);
    return new Begun(request, client.execute(request).aggregate());
  }

  Answer call(RequestHeaders headers, MessageLite message) throws Exception {
    return call(headers, Frames.of(message));
  }

  Answer call(RequestHeaders headers, byte[] frame) throws Exception {
    return Answer.of(
        client
            .execute(HttpRequest.of(headers, HttpData.wrap(frame)))
            .aggregate()
            .get(20, TimeUnit.SECONDS));
  }

  @Override
  public void close() {
    connections.close();
  }
}
