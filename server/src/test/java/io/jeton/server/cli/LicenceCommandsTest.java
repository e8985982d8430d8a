package io.jeton.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.ModuleScope;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.VerifyTokenRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code jeton token} says of licences. */
class LicenceCommandsTest {
  private static final ModuleScope SCOPE =
      ModuleScope.newBuilder().setModule("demo").setSubModule("kid").setIssuer("shop").build();

  private final FakeJeton server = new FakeJeton();
  private final Run run = Run.against(server);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void issue_sendsTheModule_andTheCodeOfStandardInput() {
    run.in = "LICENCE-0001\n";

    run.jeton("token", "issue", "--module", "demo", "--sub-module", "kid", "--code", "-");

    IssueTokenRequest asked = (IssueTokenRequest) server.seen.get(0);
    assertThat(asked.getModule()).isEqualTo("demo");
    assertThat(asked.getSubModule()).isEqualTo("kid");
    assertThat(asked.getSupplied().getCode()).isEqualTo("LICENCE-0001");
  }

  @Test
  void verify_sendsWhatIsAskedOfALicence() {
    run.jeton(
        "token",
        "verify",
        "T1",
        "--module-identification",
        "ident-demo",
        "--sub-module",
        "kid",
        "--issuer",
        "shop",
        "--machine",
        "PC-7");

    assertThat(server.seen)
        .containsExactly(
            VerifyTokenRequest.newBuilder()
                .setToken("T1")
                .setModuleIdentification("ident-demo")
                .setSubModule("kid")
                .setIssuer("shop")
                .setMachine("PC-7")
                .build());
  }

  @Test
  void bind_sendsTheMachine_andWhetherItReplacesAnother() {
    run.in = "T1\n";
    assertThat(
            run.jeton(
                    "token",
                    "bind",
                    "--token",
                    "-",
                    "--module",
                    "demo",
                    "--sub-module",
                    "kid",
                    "--issuer",
                    "shop",
                    "--machine",
                    "PC-7")
                .out())
        .contains("licence for: demo\n", "machine:     PC-7\n");
    run.jeton("token", "bind", "--id", "7", "--machine", "", "--rebind");

    assertThat(server.seen)
        .containsExactly(
            BindTokenRequest.newBuilder()
                .setToken("T1")
                .setModuleScope(SCOPE)
                .setMachine("PC-7")
                .build(),
            BindTokenRequest.newBuilder().setId("7").setMachine("").setRebind(true).build());
  }

  @Test
  void extend_sendsHowFarOrWhereTo() {
    run.in = "T1\n";
    run.jeton("token", "extend", "--token", "-", "--module", "demo", "--by", "2h");
    assertThat(
            run.jeton(
                    "token", "extend", "--id", "7", "--to", "2030-01-01T00:00:00Z", "--realm", "s")
                .out())
        .contains("2030-01-01T00:00:00Z\n");

    ExtendTokenRequest by = (ExtendTokenRequest) server.seen.get(0);
    assertThat(by.getToken()).isEqualTo("T1");
    assertThat(by.getModuleScope().getModule()).isEqualTo("demo");
    assertThat(by.getBySeconds()).isEqualTo(7_200);
    ExtendTokenRequest to = (ExtendTokenRequest) server.seen.get(1);
    assertThat(to.getId()).isEqualTo("7");
    assertThat(to.getRealm()).isEqualTo("s");
    assertThat(to.getExpireTime().getSeconds()).isEqualTo(1_893_456_000);
    assertThat(run.jeton("token", "extend", "--id", "7").exit()).isEqualTo(2);
    assertThat(run.jeton("token", "extend", "--by", "2h").exit()).isEqualTo(2);
  }

  @Test
  void revokeAndIdentify_lookInTheModule() {
    run.jeton(
        "token", "revoke", "T1", "--module", "demo", "--sub-module", "kid", "--issuer", "shop");
    run.jeton("token", "identify", "T1", "--module", "demo");

    RevokeTokenRequest revoked = (RevokeTokenRequest) server.seen.get(0);
    assertThat(revoked.getToken()).isEqualTo("T1");
    assertThat(revoked.getModuleScope()).isEqualTo(SCOPE);
    GetTokenRequest identified = (GetTokenRequest) server.seen.get(1);
    assertThat(identified.getModuleScope().getModule()).isEqualTo("demo");
  }

  @Test
  void moduleDoesNotGoWithAnId_andSubModuleNotWithoutAModule() {
    assertThat(run.jeton("token", "revoke", "--id", "7", "--module", "demo").exit()).isEqualTo(2);
    assertThat(run.jeton("token", "revoke", "T1", "--sub-module", "kid").exit()).isEqualTo(2);
    assertThat(server.seen).isEmpty();
  }
}
