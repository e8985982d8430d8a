package io.jeton.server.grpc;

import com.google.protobuf.Timestamp;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.ModuleScope;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.SubModule;
import io.jeton.v1.SuppliedFormat;
import io.jeton.v1.Token;
import io.jeton.v1.UpdateModuleRequest;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.time.Duration;
import java.time.Instant;

/** Calls about licences of a real node; the identification of a module is {@code ident-NAME}. */
final class LicenceCalls {
  private final NodeExtension node;

  LicenceCalls(NodeExtension node) {
    this.node = node;
  }

  void addModule(String name, String... subModules) {
    CreateModuleRequest.Builder request =
        CreateModuleRequest.newBuilder().setName(name).setIdentification("ident-" + name);
    for (String each : subModules) {
      request.addSubModules(SubModule.newBuilder().setName(each));
    }
    node.modules().createModule(request.build());
  }

  void disable(String module, boolean disabled) {
    node.modules()
        .updateModule(
            UpdateModuleRequest.newBuilder().setName(module).setDisabled(disabled).build());
  }

  static IssueTokenRequest.Builder licence(String module, String code) {
    return IssueTokenRequest.newBuilder()
        .setKind("licence")
        .setModule(module)
        .setSupplied(SuppliedFormat.newBuilder().setCode(code));
  }

  IssueTokenResponse issue(IssueTokenRequest.Builder request) {
    return node.tokens().issueToken(request.build());
  }

  static VerifyTokenRequest.Builder asked(String module, String code) {
    return VerifyTokenRequest.newBuilder()
        .setToken(code)
        .setModuleIdentification("ident-" + module);
  }

  VerifyTokenResponse verify(VerifyTokenRequest.Builder request) {
    return node.tokens().verifyToken(request.build());
  }

  InactiveReason reason(VerifyTokenRequest.Builder request) {
    return verify(request).getReason();
  }

  static ModuleScope in(String module) {
    return ModuleScope.newBuilder().setModule(module).build();
  }

  static BindTokenRequest.Builder binding(String module, String code, String machine) {
    return BindTokenRequest.newBuilder()
        .setToken(code)
        .setModuleScope(in(module))
        .setMachine(machine);
  }

  Token bind(BindTokenRequest.Builder request) {
    return node.tokens().bindToken(request.build()).getToken();
  }

  Token get(String module, String code) {
    return node.tokens()
        .getToken(GetTokenRequest.newBuilder().setToken(code).setModuleScope(in(module)).build())
        .getToken();
  }

  boolean revoke(String module, String code) {
    return node.tokens()
        .revokeToken(
            RevokeTokenRequest.newBuilder().setToken(code).setModuleScope(in(module)).build())
        .getChanged();
  }

  /** So long after the node's clock. */
  Timestamp in(Duration duration) {
    Instant time = node.clock().instant().plus(duration);
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
