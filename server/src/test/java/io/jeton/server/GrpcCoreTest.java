package io.jeton.server;

import com.google.protobuf.Duration;
import io.jeton.bridge.Core;
import io.jeton.bridge.remote.CoreTls;
import io.jeton.bridge.remote.GrpcCore;
import io.jeton.bridge.testing.CoreContract;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.CreateApplicationRequest;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.SubModule;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real node, called over gRPC. */
class GrpcCoreTest extends CoreContract {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private GrpcCore core;

  @BeforeEach
  void connect() {
    core = new GrpcCore(URI.create(node.url()), node.adminKey(), CoreTls.none());
  }

  @AfterEach
  void close() {
    core.close();
  }

  @Override
  protected Core core() {
    return core;
  }

  @Override
  protected void module(String name, String identification, String subModule) {
    node.modules()
        .createModule(
            CreateModuleRequest.newBuilder()
                .setName(name)
                .setIdentification(identification)
                .addSubModules(SubModule.newBuilder().setName(subModule))
                .build());
  }

  @Override
  protected String account(String name, String password, boolean disabled) {
    return node.accounts()
        .createAccount(
            CreateAccountRequest.newBuilder()
                .setName(name)
                .setPassword(password)
                .setDisabled(disabled)
                .build())
        .getAccount()
        .getId();
  }

  @Override
  protected void application(String appId, String accessKey, boolean disabled) {
    var unused =
        node.applications()
            .createApplication(
                CreateApplicationRequest.newBuilder()
                    .setAppId(appId)
                    .setAccessKeySecret(accessKey)
                    .setDisabled(disabled)
                    .build());
  }

  @Override
  protected void session(String sid, String accountId, String data, long lifetimeSeconds) {
    var unused =
        node.sessions()
            .createSession(
                CreateSessionRequest.newBuilder()
                    .setSid(sid)
                    .setAccountId(accountId)
                    .setData(data)
                    .setLifetime(Duration.newBuilder().setSeconds(lifetimeSeconds))
                    .build());
  }
}
