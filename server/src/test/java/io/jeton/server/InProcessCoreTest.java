package io.jeton.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import io.jeton.bridge.Client;
import io.jeton.bridge.Core;
import io.jeton.bridge.CoreException;
import io.jeton.bridge.testing.CoreContract;
import io.jeton.server.api.Identity;
import io.jeton.server.cache.LastUses;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.config.ConfigReader;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.crypto.MasterKey;
import io.jeton.server.domain.Caller;
import io.jeton.server.inner.InProcessCore;
import io.jeton.server.ops.NodeMetrics;
import io.jeton.server.storage.MySqlStoreExtension;
import io.jeton.server.storage.Samples;
import io.jeton.server.storage.mysql.MySqlStore;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.CreateApplicationRequest;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.GetApplicationRequest;
import io.jeton.v1.GetModuleRequest;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.SubModule;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node's own services, on a real database. */
class InProcessCoreTest extends CoreContract {
  @RegisterExtension static final MySqlStoreExtension database = new MySqlStoreExtension();

  private final ThreadPoolExecutor blocking = Workers.blocking(8);
  private final ThreadPoolExecutor hashing = Workers.hashing(1);
  private TokenCache cache;
  private LastUses uses;
  private Assembly assembly;

  @BeforeEach
  void assemble() throws Exception {
    MySqlStore store = database.store();
    JetonConfig config = ConfigReader.read(Optional.empty(), Map.of(), Map.of());
    store.realms().ensure(Samples.realm("default"), Samples.NOW);
    cache = Assembly.cache(store, config);
    uses = new LastUses(store.licences(), () -> Samples.NOW);
    assembly =
        Assembly.of(
            new Assembly.Parts(
                config,
                store,
                cache,
                uses,
                Snapshots.of(store),
                Keys.sealer(
                    MasterKey.parse("0".repeat(64)),
                    List.of(),
                    store.sealingKeys(),
                    () -> Samples.NOW),
                blocking,
                hashing,
                new NodeMetrics(),
                () -> Samples.NOW));
  }

  @AfterEach
  void stop() {
    uses.close();
    assembly.close();
    cache.close();
    Workers.stop(blocking);
    Workers.stop(hashing);
  }

  @Override
  protected Core core() {
    return over(blocking);
  }

  @Override
  protected void module(String name, String identification, String subModule) {
    assembly
        .services()
        .manageModules()
        .create(
            CreateModuleRequest.newBuilder()
                .setName(name)
                .setIdentification(identification)
                .addSubModules(SubModule.newBuilder().setName(subModule))
                .build(),
            new Identity(Caller.SERVER, "", "test"));
  }

  @Override
  protected String account(String name, String password, boolean disabled) {
    return assembly
        .services()
        .manageAccounts()
        .create(
            CreateAccountRequest.newBuilder()
                .setName(name)
                .setPassword(password)
                .setDisabled(disabled)
                .build(),
            new Identity(Caller.SERVER, "", "test"))
        .getAccount()
        .getId();
  }

  @Override
  protected void session(String sid, String accountId, String data, long lifetimeSeconds) {
    var unused =
        assembly
            .services()
            .manageSessions()
            .create(
                CreateSessionRequest.newBuilder()
                    .setSid(sid)
                    .setAccountId(accountId)
                    .setData(data)
                    .setLifetime(Duration.newBuilder().setSeconds(lifetimeSeconds))
                    .build(),
                new Identity(Caller.SERVER, "", "test"));
  }

  @Override
  protected void application(String appId, String accessKey, boolean disabled) {
    var unused =
        assembly
            .services()
            .manageApplications()
            .create(
                CreateApplicationRequest.newBuilder()
                    .setAppId(appId)
                    .setAccessKeySecret(accessKey)
                    .setDisabled(disabled)
                    .build(),
                new Identity(Caller.SERVER, "", "test"));
  }

  @Test
  void moduleAndApplication_areAnsweredAtOnce_whenNoThreadIsFree() {
    module("at-once", "ident-at-once", "kid");
    application("at-once", "key", false);
    Core full =
        over(
            task -> {
              throw new RejectedExecutionException();
            });

    assertThat(
            full.getModule(
                GetModuleRequest.newBuilder().setIdentification("ident-at-once").build(),
                Client.BRIDGE))
        .isCompleted();
    assertThat(
            full.getApplication(
                GetApplicationRequest.newBuilder().setAppId("at-once").setReveal(true).build(),
                Client.BRIDGE))
        .isCompleted();
  }

  @Test
  void callThatWaitsTooLong_failsInTime_andTheCallerNeverWaits() {
    Queue<Runnable> waiting = new ArrayDeque<>();

    CompletableFuture<IssueTokenResponse> answer = issue(over(waiting::add));

    assertThat(answer).isNotDone();
    assertThat(waiting).hasSize(1);
    assertFails(answer, ErrorReason.ERROR_REASON_STORE_UNAVAILABLE);
  }

  @Test
  void callThatFindsNoThread_failsAsOverloaded() {
    Executor full =
        task -> {
          throw new RejectedExecutionException();
        };

    assertFails(issue(over(full)), ErrorReason.ERROR_REASON_OVERLOADED);
  }

  private Core over(Executor executor) {
    return new InProcessCore(assembly.services(), executor);
  }

  private static CompletableFuture<IssueTokenResponse> issue(Core core) {
    return core.issueToken(IssueTokenRequest.getDefaultInstance(), Client.BRIDGE);
  }

  private static void assertFails(CompletableFuture<?> answer, ErrorReason reason) {
    assertThatThrownBy(answer::join)
        .cause()
        .isInstanceOfSatisfying(CoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
