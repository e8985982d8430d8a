package io.jeton.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.grpc.stub.StreamObserver;
import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.CreateSessionResponse;
import io.jeton.v1.DestroySessionRequest;
import io.jeton.v1.DestroySessionResponse;
import io.jeton.v1.GetSessionRequest;
import io.jeton.v1.GetSessionResponse;
import io.jeton.v1.ListSessionsRequest;
import io.jeton.v1.ListSessionsResponse;
import io.jeton.v1.SessionServiceGrpc.SessionServiceImplBase;
import io.jeton.v1.TouchSessionRequest;
import io.jeton.v1.TouchSessionResponse;
import io.jeton.v1.UpdateSessionRequest;
import io.jeton.v1.UpdateSessionResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Secret SID = Secret.of("S1D");
  private static final Duration HOUR = Duration.newBuilder().setSeconds(3600).build();

  private final List<Message> seen = new CopyOnWriteArrayList<>();
  private final FakeServer server = new FakeServer(new Fake());
  private final JetonClient client = server.client();

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void create_sendsEveryField_andReadsTheSessionAndItsSid() {
    CreatedSession created =
        client
            .sessions()
            .create(
                SessionSpec.lasting(java.time.Duration.ofHours(1))
                    .realm("shop")
                    .sid(SID)
                    .accountId("7")
                    .data("{\"a\":1}")
                    .build());

    assertThat(seen)
        .containsExactly(
            CreateSessionRequest.newBuilder()
                .setRealm("shop")
                .setSid("S1D")
                .setAccountId("7")
                .setData("{\"a\":1}")
                .setLifetime(HOUR)
                .build());
    assertThat(created.sid()).isEqualTo(Secret.of("made"));
    assertThat(created.session())
        .isEqualTo(
            new Session(
                "3", "shop", "7", "{\"a\":1}", Instant.ofEpochSecond(1), Instant.ofEpochSecond(2)));
  }

  @Test
  void create_sendsNothingThatIsNotGiven() {
    client.sessions().create(SessionSpec.until(Instant.ofEpochSecond(9)).build());

    assertThat(seen)
        .containsExactly(
            CreateSessionRequest.newBuilder()
                .setExpireTime(Timestamp.newBuilder().setSeconds(9))
                .build());
  }

  @Test
  void get_readsTheAccount_ifThereIsOne() {
    assertThat(client.sessions().get("shop", SID).account().orElseThrow().id()).isEqualTo("7");
    assertThat(client.sessions().get("", SID).account()).isEmpty();

    assertThat(seen)
        .containsExactly(
            GetSessionRequest.newBuilder().setRealm("shop").setSid("S1D").build(),
            GetSessionRequest.newBuilder().setSid("S1D").build());
  }

  @Test
  void touch_sendsTheLifetime_andWhetherOnlyActiveOnesLast() {
    client.sessions().touch("shop", SID, java.time.Duration.ofHours(1));
    client.sessions().touchActive("shop", SID, java.time.Duration.ofHours(1));

    TouchSessionRequest.Builder request =
        TouchSessionRequest.newBuilder().setRealm("shop").setSid("S1D").setLifetime(HOUR);
    assertThat(seen).containsExactly(request.build(), request.setActiveOnly(true).build());
  }

  @Test
  void update_sendsWhatChangesAlone() {
    client.sessions().update("shop", SID, SessionChange.builder().build());
    client.sessions().update("", SID, SessionChange.builder().accountId("").data("{}").build());
    client
        .sessions()
        .update("", SID, SessionChange.builder().lifetime(java.time.Duration.ofHours(1)).build());
    client
        .sessions()
        .update("", SID, SessionChange.builder().expireTime(Instant.ofEpochSecond(9)).build());

    UpdateSessionRequest.Builder request = UpdateSessionRequest.newBuilder().setSid("S1D");
    assertThat(seen)
        .containsExactly(
            request.clone().setRealm("shop").build(),
            request.clone().setAccountId("").setData("{}").build(),
            request.clone().setLifetime(HOUR).build(),
            request.clone().setExpireTime(Timestamp.newBuilder().setSeconds(9)).build());
  }

  @Test
  void destroy_namesTheSession_bySidOrId() {
    assertThat(client.sessions().destroy("shop", SID)).isTrue();
    assertThat(client.sessions().destroyById("shop", "3")).isFalse();

    assertThat(seen)
        .containsExactly(
            DestroySessionRequest.newBuilder().setRealm("shop").setSid("S1D").build(),
            DestroySessionRequest.newBuilder().setRealm("shop").setId("3").build());
  }

  @Test
  void list_fetchesPageByPage() {
    assertThat(client.sessions().list("shop", "7"))
        .extracting(Session::id)
        .containsExactly("1", "2");

    ListSessionsRequest.Builder request =
        ListSessionsRequest.newBuilder().setRealm("shop").setAccountId("7").setPageSize(100);
    assertThat(seen).containsExactly(request.build(), request.setPageToken("2").build());
  }

  @Test
  void sidAndData_areInNoToString() {
    assertThat(SessionSpec.lasting(java.time.Duration.ofHours(1)).sid(SID).data("D4TA").build())
        .asString()
        .doesNotContain("S1D", "D4TA");
    assertThat(SessionChange.builder().data("D4TA").build()).asString().doesNotContain("D4TA");
    assertThat(new Session("3", "shop", "7", "D4TA", Instant.EPOCH, Instant.EPOCH))
        .asString()
        .doesNotContain("D4TA")
        .contains("shop");
  }

  /** A service with one session, which has an account in the realm "shop" alone. */
  private final class Fake extends SessionServiceImplBase {
    private final io.jeton.v1.Session session =
        io.jeton.v1.Session.newBuilder()
            .setId("3")
            .setRealm("shop")
            .setAccountId("7")
            .setData("{\"a\":1}")
            .setCreateTime(Timestamp.newBuilder().setSeconds(1))
            .setExpireTime(Timestamp.newBuilder().setSeconds(2))
            .build();

    @Override
    public void createSession(CreateSessionRequest q, StreamObserver<CreateSessionResponse> to) {
      answer(q, CreateSessionResponse.newBuilder().setSession(session).setSid("made").build(), to);
    }

    @Override
    public void getSession(GetSessionRequest q, StreamObserver<GetSessionResponse> to) {
      var response = GetSessionResponse.newBuilder().setSession(session);
      if (q.getRealm().equals("shop")) {
        response.getAccountBuilder().setId("7");
      }
      answer(q, response.build(), to);
    }

    @Override
    public void touchSession(TouchSessionRequest q, StreamObserver<TouchSessionResponse> to) {
      answer(q, TouchSessionResponse.newBuilder().setSession(session).build(), to);
    }

    @Override
    public void updateSession(UpdateSessionRequest q, StreamObserver<UpdateSessionResponse> to) {
      answer(q, UpdateSessionResponse.newBuilder().setSession(session).build(), to);
    }

    @Override
    public void destroySession(DestroySessionRequest q, StreamObserver<DestroySessionResponse> to) {
      answer(q, DestroySessionResponse.newBuilder().setDestroyed(q.hasSid()).build(), to);
    }

    @Override
    public void listSessions(ListSessionsRequest q, StreamObserver<ListSessionsResponse> to) {
      var response = ListSessionsResponse.newBuilder();
      if (q.getPageToken().isEmpty()) {
        response.addSessions(session.toBuilder().setId("1")).setNextPageToken("2");
      } else {
        response.addSessions(session.toBuilder().setId("2"));
      }
      answer(q, response.build(), to);
    }

    private <T> void answer(Message request, T response, StreamObserver<T> to) {
      seen.add(request);
      to.onNext(response);
      to.onCompleted();
    }
  }
}
