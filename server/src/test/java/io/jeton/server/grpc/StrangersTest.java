package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.RequestHeaders;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.jeton.server.grpc.PlainCalls.Begun;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.CreateCallerResponse;
import io.jeton.v1.DisableCallerRequest;
import io.jeton.v1.Grant;
import io.jeton.v1.Permission;
import io.jeton.v1.VerifyTokenRequest;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody without a service key may make the server keep: next to nothing. */
class StrangersTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final String VERIFY = "/jeton.v1.TokenService/VerifyToken";
  private static final String CHECK = "/grpc.health.v1.Health/Check";
  private static final byte[] HALF_A_MEGABYTE = frame(1 << 20, 512 << 10);

  private final PlainCalls calls = new PlainCalls(node.url());

  @AfterEach
  void close() {
    calls.close();
  }

  /** Of a known caller's message all would be gathered in memory, and it may take its time. */
  @Test
  void aStrangersMessage_isNotWaitedFor_norKept() throws Exception {
    List<Begun> open = new ArrayList<>(sendHalves(50));
    long before = directMemory();
    open.addAll(sendHalves(200));
    assertThat(directMemory() - before).isLessThan(32 << 20);
  }

  /** Half a megabyte each, on calls that go on until the test ends. */
  private List<Begun> sendHalves(int count) throws Exception {
    List<Begun> halves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      halves.add(calls.begin(PlainCalls.headers(VERIFY)).send(HALF_A_MEGABYTE));
    }
    for (Begun half : halves) {
      assertThat(half.answered().status()).contains(Status.Code.UNAUTHENTICATED);
    }
    return halves;
  }

  @Test
  void aStranger_isRefusedAtTheHeaders_byEveryRpc() throws Exception {
    for (String path :
        List.of(
            VERIFY,
            "/jeton.v1.TokenService/BatchVerifyTokens",
            "/jeton.v1.TokenService/IssueToken",
            "/jeton.v1.ImportService/Import")) {
      for (RequestHeaders headers :
          List.of(
              PlainCalls.headers(path),
              PlainCalls.headers(path, "authorization", "Bearer jt_svc_nobodys"),
              PlainCalls.headers(path, "x-jeton-timing", "1"),
              PlainCalls.headers(path, "grpc-encoding", "gzip"))) {
        assertThat(calls.begin(headers).answered().status())
            .as("%s", headers)
            .contains(Status.Code.UNAUTHENTICATED);
      }
    }
  }

  /** Their headers come before both messages, so that neither is the one that came last. */
  @Test
  void callsThatComeAtOnce_areEachTheirOwnCallers() throws Exception {
    CreateCallerResponse weak = create("weak", "other");
    byte[] message = Frames.of(VerifyTokenRequest.newBuilder().setToken("t").build());
    Begun strong = calls.begin(with(node.adminKey()));
    Begun none = calls.begin(with(weak.getKey()));
    Begun again = calls.begin(with(node.adminKey()));

    assertThat(none.send(message).end().answered().status())
        .contains(Status.Code.PERMISSION_DENIED);
    assertThat(strong.send(message).end().answered().status()).contains(Status.Code.OK);
    assertThat(again.send(message).end().answered().status()).contains(Status.Code.OK);
  }

  @Test
  void aCallerWhoIsDisabled_beforeTheMessageHasCome_isRefused() throws Exception {
    CreateCallerResponse caller = create("soon-disabled", "default");
    byte[] message = Frames.of(VerifyTokenRequest.newBuilder().setToken("t").build());
    assertThat(calls.begin(with(caller.getKey())).send(message).end().answered().status())
        .contains(Status.Code.OK);
    Begun late = calls.begin(with(caller.getKey())).send(new byte[] {message[0]});
    // It is there: what came on the same connection before has been answered.
    assertThat(calls.call(PlainCalls.headers(CHECK), new byte[5]).status())
        .contains(Status.Code.OK);

    var unused =
        node.callers()
            .disableCaller(DisableCallerRequest.newBuilder().setName("soon-disabled").build());
    byte[] rest = java.util.Arrays.copyOfRange(message, 1, message.length);
    assertThat(late.send(rest).end().answered().status()).contains(Status.Code.UNAUTHENTICATED);
  }

  @Test
  void aPublicMessage_isRefused_asSoonAsItIsTooLong() throws Exception {
    assertThat(calls.begin(PlainCalls.headers(CHECK)).send(frame(8000, 7000)).answered().status())
        .contains(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void aPublicCall_thatDoesNotGoOn_isEnded() throws Exception {
    Begun check = calls.begin(PlainCalls.headers(CHECK)).send(new byte[] {0});
    Begun watch =
        calls.begin(PlainCalls.headers("/grpc.health.v1.Health/Watch")).send(new byte[] {0});
    Begun reflection =
        calls.begin(
            PlainCalls.headers("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"));
    assertThat(check.answered().status()).contains(Status.Code.DEADLINE_EXCEEDED);
    for (Begun call : List.of(watch, reflection)) {
      assertThat(call.answer().handle((answer, failure) -> true).get(20, TimeUnit.SECONDS))
          .isTrue();
    }
  }

  @Test
  void aConnection_hasFewWatches_andMayHaveOthersWhenTheyEnd() {
    URI url = URI.create(node.url());
    ManagedChannel one =
        NettyChannelBuilder.forAddress(url.getHost(), url.getPort()).usePlaintext().build();
    ManagedChannel other =
        NettyChannelBuilder.forAddress(url.getHost(), url.getPort()).usePlaintext().build();
    Deque<Context.CancellableContext> open = new ArrayDeque<>();
    try {
      for (int i = 0; i < WatchLimit.PER_CONNECTION; i++) {
        assertThat(watch(one, open)).isEqualTo(Status.Code.OK);
      }
      assertThat(watch(one, open)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(watch(other, open)).isEqualTo(Status.Code.OK);
      open.removeFirst().cancel(null);
      Awaitility.await().until(() -> watch(one, open) == Status.Code.OK);
    } finally {
      open.forEach(context -> context.cancel(null));
      one.shutdownNow();
      other.shutdownNow();
    }
  }

  /** Begins to watch, which lasts until its context is cancelled. */
  private static Status.Code watch(ManagedChannel channel, Deque<Context.CancellableContext> open) {
    Context.CancellableContext context = Context.current().withCancellation();
    open.addLast(context);
    Context before = context.attach();
    try {
      Iterator<HealthCheckResponse> states =
          HealthGrpc.newBlockingStub(channel).watch(HealthCheckRequest.getDefaultInstance());
      assertThat(states.next().getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    } finally {
      context.detach(before);
    }
  }

  /** A caller who may verify in a realm. */
  private static CreateCallerResponse create(String name, String realm) {
    return node.callers()
        .createCaller(
            CreateCallerRequest.newBuilder()
                .setName(name)
                .addGrants(
                    Grant.newBuilder().setRealm(realm).addPermissions(Permission.PERMISSION_VERIFY))
                .build());
  }

  private static RequestHeaders with(String key) {
    return PlainCalls.headers(VERIFY, "authorization", "Bearer " + key);
  }

  /** The beginning of a message that says how long it is going to be. */
  private static byte[] frame(int length, int sent) {
    byte[] frame = new byte[Frames.HEAD + sent];
    java.nio.ByteBuffer.wrap(frame).putInt(1, length);
    return frame;
  }

  private static long directMemory() {
    return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }
}
