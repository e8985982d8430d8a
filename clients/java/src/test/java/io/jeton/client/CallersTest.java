package io.jeton.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.Timestamp;
import io.grpc.stub.StreamObserver;
import io.jeton.v1.CallerServiceGrpc.CallerServiceImplBase;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.CreateCallerResponse;
import io.jeton.v1.ListCallersRequest;
import io.jeton.v1.ListCallersResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallersTest {
  private final FakeServer server = new FakeServer(new Fake());
  private final JetonClient client = server.client();

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void create_carriesEveryPermission_thereAndBack() {
    List<Permission> permissions =
        Arrays.stream(Permission.values()).filter(p -> p != Permission.OTHER).toList();
    List<Grant> grants =
        List.of(new Grant("*", permissions), new Grant("shop", List.of(Permission.VERIFY)));

    CreatedCaller created = client.callers().create("mail", grants);

    assertThat(created.caller().name()).isEqualTo("mail");
    assertThat(created.caller().grants()).isEqualTo(grants);
    assertThat(created.caller().disableTime()).isEmpty();
    assertThat(created.key().reveal()).isEqualTo("jt_svc_new");
    assertThat(created.toString()).doesNotContain("jt_svc_new");
  }

  @Test
  void create_refusesAPermission_thatItDoesNotKnow() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                client
                    .callers()
                    .create("mail", List.of(new Grant("*", List.of(Permission.OTHER)))));
  }

  @Test
  void list_followsPages_andToleratesANewerServer() {
    List<Caller> callers = client.callers().list().toList();

    assertThat(callers).extracting(Caller::name).containsExactly("a", "b");
    assertThat(callers.get(1).grants().get(0).permissions()).containsExactly(Permission.OTHER);
    assertThat(callers.get(1).disableTime()).isPresent();
  }

  private static final class Fake extends CallerServiceImplBase {
    @Override
    public void createCaller(CreateCallerRequest q, StreamObserver<CreateCallerResponse> to) {
      var response = CreateCallerResponse.newBuilder().setKey("jt_svc_new");
      response.getCallerBuilder().setName(q.getName()).addAllGrants(q.getGrantsList());
      to.onNext(response.build());
      to.onCompleted();
    }

    /** Three pages: one caller, none, one caller. */
    @Override
    public void listCallers(ListCallersRequest q, StreamObserver<ListCallersResponse> to) {
      var response = ListCallersResponse.newBuilder();
      switch (q.getPageToken()) {
        case "" -> response.setNextPageToken("2").addCallersBuilder().setName("a");
        case "2" -> response.setNextPageToken("3");
        default ->
            response
                .addCallersBuilder()
                .setName("b")
                .setDisableTime(Timestamp.newBuilder().setSeconds(1))
                .addGrantsBuilder()
                .setRealm("*")
                .addPermissionsValue(99);
      }
      to.onNext(response.build());
      to.onCompleted();
    }
  }
}
