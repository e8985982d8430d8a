package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.AccountServiceGrpc;
import io.jeton.v1.Caller;
import io.jeton.v1.CallerServiceGrpc;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.CreateCallerResponse;
import io.jeton.v1.DisableCallerRequest;
import io.jeton.v1.GetCallerRequest;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.Grant;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.KeyServiceGrpc;
import io.jeton.v1.ListCallersRequest;
import io.jeton.v1.ListCallersResponse;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.Permission;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.TokenServiceGrpc;
import io.jeton.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import io.jeton.v1.UpdateCallerRequest;
import io.jeton.v1.VerifyTokenRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may call: keys, permissions, and {@code jeton.v1.CallerService}. */
class CallerServiceTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  /** Every rpc of every service of ours, also those that are yet to be written. */
  @Test
  void everyRpc_withoutAKey_isUnauthenticated() {
    List<BindableService> services =
        List.of(
            new TokenServiceGrpc.TokenServiceImplBase() {},
            new CallerServiceGrpc.CallerServiceImplBase() {},
            new KeyServiceGrpc.KeyServiceImplBase() {},
            new AccountServiceGrpc.AccountServiceImplBase() {});
    List<MethodDescriptor<?, ?>> methods =
        services.stream()
            .flatMap(service -> service.bindService().getMethods().stream())
            .<MethodDescriptor<?, ?>>map(method -> method.getMethodDescriptor())
            .toList();
    assertThat(methods).hasSizeGreaterThanOrEqualTo(16);
    for (MethodDescriptor<?, ?> method : methods) {
      assertThat(Failure.of(() -> callEmpty(method)).kind())
          .as(method.getFullMethodName())
          .isEqualTo("UNAUTHENTICATED KEY_MISSING");
    }
  }

  @Test
  void wrongKeys_areInvalid() {
    String key = node.adminKey();
    for (String wrong :
        List.of(
            "",
            "x",
            "jt_svc_",
            key.substring(0, key.length() - 1),
            key + "a",
            io.jeton.server.crypto.TokenFormat.newServiceKey().reveal(),
            io.jeton.server.crypto.TokenFormat.newToken().reveal())) {
      Failure failure = Failure.of(() -> verify(node.tokens(wrong), "default"));
      assertThat(failure.kind()).isEqualTo("UNAUTHENTICATED KEY_INVALID");
      assertThat(failure.message()).doesNotContain("jt_svc_");
    }
  }

  @Test
  void aKey_isAllowedExactlyWhatWasGranted() {
    String token =
        node.tokens().issueToken(IssueTokenRequest.getDefaultInstance()).getToken().getId();
    Map<Permission, Consumer<TokenServiceBlockingStub>> calls = new LinkedHashMap<>();
    calls.put(Permission.PERMISSION_VERIFY, stub -> verify(stub, "default"));
    calls.put(
        Permission.PERMISSION_ISSUE,
        stub -> stub.issueToken(IssueTokenRequest.getDefaultInstance()));
    calls.put(
        Permission.PERMISSION_LIST,
        stub -> {
          stub.getToken(GetTokenRequest.newBuilder().setId(token).build());
          stub.listTokens(ListTokensRequest.newBuilder().setPageSize(1).build());
        });
    calls.put(
        Permission.PERMISSION_REVOKE,
        stub -> stub.revokeToken(RevokeTokenRequest.newBuilder().setId(token).build()));
    for (Permission granted : calls.keySet()) {
      TokenServiceBlockingStub stub =
          node.tokens(create("only-" + granted.getNumber(), "default", granted).getKey());
      calls.forEach(
          (needed, call) -> {
            if (needed == granted) {
              call.accept(stub);
            } else {
              Failure failure = Failure.of(() -> call.accept(stub));
              assertThat(failure.kind()).isEqualTo("PERMISSION_DENIED PERMISSION_MISSING");
              assertThat(failure.metadata())
                  .containsEntry("permission", needed.name().substring("PERMISSION_".length()));
            }
          });
      assertThat(Failure.of(() -> verify(stub, "other")).kind())
          .isEqualTo("PERMISSION_DENIED PERMISSION_MISSING");
    }
  }

  @Test
  void adminOfARealm_mayEverythingThere_andNothingElsewhere() {
    String key = create("realm-admin", "other", Permission.PERMISSION_ADMIN).getKey();
    TokenServiceBlockingStub tokens = node.tokens(key);
    tokens.issueToken(IssueTokenRequest.newBuilder().setRealm("other").build());
    verify(tokens, "other");
    assertThat(Failure.of(() -> verify(tokens, "default")).reason())
        .isEqualTo("PERMISSION_MISSING");
    assertThat(
            Failure.of(() -> node.callers(key).listCallers(ListCallersRequest.getDefaultInstance()))
                .reason())
        .isEqualTo("PERMISSION_MISSING");
  }

  /** A caller who is not allowed learns nothing of which realms there are. */
  @Test
  void unknownRealm_isToldOnlyToWhoMayKnow() {
    assertThat(Failure.of(() -> verify(node.tokens(), "nowhere")).kind())
        .isEqualTo("NOT_FOUND REALM_NOT_FOUND");
    String key = create("curious", "default", Permission.PERMISSION_VERIFY).getKey();
    assertThat(Failure.of(() -> verify(node.tokens(key), "nowhere")))
        .isEqualTo(Failure.of(() -> verify(node.tokens(key), "other")));
  }

  @Test
  void update_holdsAtOnce_andKeepsTheKey() {
    String key = create("changing", "default", Permission.PERMISSION_VERIFY).getKey();
    verify(node.tokens(key), "default");
    Caller updated =
        node.callers()
            .updateCaller(
                UpdateCallerRequest.newBuilder()
                    .setName("changing")
                    .addGrants(grant("other", Permission.PERMISSION_VERIFY))
                    .addGrants(grant("other", Permission.PERMISSION_ISSUE))
                    .build())
            .getCaller();
    assertThat(updated.getGrantsList())
        .containsExactly(
            Grant.newBuilder()
                .setRealm("other")
                .addPermissions(Permission.PERMISSION_VERIFY)
                .addPermissions(Permission.PERMISSION_ISSUE)
                .build());
    verify(node.tokens(key), "other");
    assertThat(Failure.of(() -> verify(node.tokens(key), "default")).reason())
        .isEqualTo("PERMISSION_MISSING");
  }

  @Test
  void disable_holdsAtOnce_andIsFinal() {
    String key = create("leaving", "default", Permission.PERMISSION_VERIFY).getKey();
    DisableCallerRequest request = DisableCallerRequest.newBuilder().setName("leaving").build();
    Caller disabled = node.callers().disableCaller(request).getCaller();
    assertThat(disabled.hasDisableTime()).isTrue();
    assertThat(Failure.of(() -> verify(node.tokens(key), "default")).kind())
        .isEqualTo("UNAUTHENTICATED KEY_INVALID");
    assertThat(node.callers().disableCaller(request).getCaller()).isEqualTo(disabled);
    assertThat(
            Failure.of(
                    () ->
                        node.callers()
                            .updateCaller(
                                UpdateCallerRequest.newBuilder()
                                    .setName("leaving")
                                    .addGrants(grant("*", Permission.PERMISSION_ADMIN))
                                    .build()))
                .kind())
        .isEqualTo("FAILED_PRECONDITION CALLER_DISABLED");
    assertThat(Failure.of(() -> create("leaving", "default", Permission.PERMISSION_VERIFY)).kind())
        .isEqualTo("ALREADY_EXISTS CALLER_EXISTS");
  }

  @Test
  void theLastAdministrator_stays() {
    assertThat(
            Failure.of(
                    () ->
                        node.callers()
                            .disableCaller(
                                DisableCallerRequest.newBuilder().setName("admin").build()))
                .kind())
        .isEqualTo("FAILED_PRECONDITION LAST_ADMINISTRATOR");
    assertThat(
            Failure.of(
                    () ->
                        node.callers()
                            .updateCaller(
                                UpdateCallerRequest.newBuilder()
                                    .setName("admin")
                                    .addGrants(grant("*", Permission.PERMISSION_LIST))
                                    .build()))
                .kind())
        .isEqualTo("FAILED_PRECONDITION LAST_ADMINISTRATOR");
    assertThat(get("admin").hasDisableTime()).isFalse();
  }

  @Test
  void list_pagesByName_withoutKeys() {
    for (int i = 0; i < 5; i++) {
      create("page-" + i, "default", Permission.PERMISSION_VERIFY);
    }
    List<String> names = new ArrayList<>();
    String page = "";
    do {
      ListCallersResponse response =
          node.callers()
              .listCallers(
                  ListCallersRequest.newBuilder().setPageSize(2).setPageToken(page).build());
      response.getCallersList().forEach(caller -> names.add(caller.getName()));
      page = response.getNextPageToken();
    } while (!page.isEmpty());
    assertThat(names).isSorted().doesNotHaveDuplicates().contains("admin", "page-0", "page-4");
  }

  @Test
  void wrongFields_areNamed() {
    assertThat(Failure.of(() -> create("Upper", "default", Permission.PERMISSION_VERIFY)).fields())
        .containsExactly("name");
    assertThat(Failure.of(() -> create("", "default", Permission.PERMISSION_VERIFY)).fields())
        .containsExactly("name");
    assertThat(Failure.of(() -> create("a", "Not A Realm", Permission.PERMISSION_VERIFY)).fields())
        .containsExactly("grants[0].realm");
    assertThat(Failure.of(() -> create("a", "default", Permission.PERMISSION_UNSPECIFIED)).fields())
        .containsExactly("grants[0].permissions[0]");
    assertThat(
            Failure.of(
                    () ->
                        node.callers()
                            .createCaller(CreateCallerRequest.newBuilder().setName("a").build()))
                .fields())
        .containsExactly("grants");
    assertThat(Failure.of(() -> get("nobody")).kind()).isEqualTo("NOT_FOUND CALLER_NOT_FOUND");
  }

  @Test
  void health_andReflection_answerWithoutAKey() throws Exception {
    assertThat(
            io.grpc.health.v1.HealthGrpc.newBlockingStub(node.channel())
                .check(io.grpc.health.v1.HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING);
    Set<String> services = new java.util.concurrent.ConcurrentSkipListSet<>();
    java.util.concurrent.CountDownLatch done = new java.util.concurrent.CountDownLatch(1);
    io.grpc.stub.StreamObserver<io.grpc.reflection.v1.ServerReflectionRequest> requests =
        io.grpc.reflection.v1.ServerReflectionGrpc.newStub(node.channel())
            .serverReflectionInfo(
                new io.grpc.stub.StreamObserver<>() {
                  @Override
                  public void onNext(io.grpc.reflection.v1.ServerReflectionResponse response) {
                    response
                        .getListServicesResponse()
                        .getServiceList()
                        .forEach(service -> services.add(service.getName()));
                  }

                  @Override
                  public void onError(Throwable failure) {
                    done.countDown();
                  }

                  @Override
                  public void onCompleted() {
                    done.countDown();
                  }
                });
    requests.onNext(
        io.grpc.reflection.v1.ServerReflectionRequest.newBuilder().setListServices("").build());
    requests.onCompleted();
    assertThat(done.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    assertThat(services)
        .contains("jeton.v1.TokenService", "jeton.v1.CallerService", "grpc.health.v1.Health");
  }

  @Test
  void permissions_ofTheProto_areAllKnown() {
    for (Permission permission : EnumSet.allOf(Permission.class)) {
      if (permission != Permission.PERMISSION_UNSPECIFIED
          && permission != Permission.UNRECOGNIZED) {
        Caller made = create("knows-" + permission.getNumber(), "third", permission).getCaller();
        assertThat(made.getGrantsList()).containsExactly(grant("third", permission));
      }
    }
  }

  @Test
  void signKeys_addUp_andAreLimited() {
    Caller made =
        node.callers()
            .createCaller(
                CreateCallerRequest.newBuilder()
                    .setName("signer")
                    .addGrants(
                        grant("third", Permission.PERMISSION_ISSUE).toBuilder().addSignKeys("web"))
                    .addGrants(
                        grant("third", Permission.PERMISSION_VERIFY).toBuilder()
                            .addSignKeys("*")
                            .addSignKeys("app"))
                    .build())
            .getCaller();
    assertThat(made.getGrants(0).getSignKeysList()).containsExactly("*", "app", "web");

    CreateCallerRequest.Builder many = CreateCallerRequest.newBuilder().setName("signs-a-lot");
    for (int i = 0; i < 65; i++) {
      many.addGrants(
          grant("third", Permission.PERMISSION_ISSUE).toBuilder().addSignKeys("key" + i));
    }
    assertThat(Failure.of(() -> node.callers().createCaller(many.build())).fields())
        .containsExactly("grants");
  }

  private static <Q, R> void callEmpty(MethodDescriptor<Q, R> method) {
    Q empty = method.parseRequest(new java.io.ByteArrayInputStream(new byte[0]));
    Stream.of(ClientCalls.blockingUnaryCall(node.channel(), method, CallOptions.DEFAULT, empty))
        .forEach(response -> {});
  }

  private static CreateCallerResponse create(String name, String realm, Permission permission) {
    return node.callers()
        .createCaller(
            CreateCallerRequest.newBuilder()
                .setName(name)
                .addGrants(grant(realm, permission))
                .build());
  }

  private static Grant grant(String realm, Permission permission) {
    return Grant.newBuilder().setRealm(realm).addPermissions(permission).build();
  }

  private static Caller get(String name) {
    return node.callers()
        .getCaller(GetCallerRequest.newBuilder().setName(name).build())
        .getCaller();
  }

  private static void verify(TokenServiceBlockingStub stub, String realm) {
    assertThat(
            stub.verifyToken(
                    VerifyTokenRequest.newBuilder().setToken("nobody's").setRealm(realm).build())
                .getActive())
        .isFalse();
  }
}
