package io.jeton.server;

import com.google.protobuf.Duration;
import io.jeton.bridge.Core;
import io.jeton.bridge.remote.GrpcCore;
import io.jeton.bridge.testing.CoreContract;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.CreateSessionRequest;
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
    core = new GrpcCore(URI.create(node.url()), node.adminKey());
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
