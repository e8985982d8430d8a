package io.jeton.bridge.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.bridge.Client;
import io.jeton.bridge.Core;
import io.jeton.bridge.CoreException;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.EnsureAccountRequest;
import io.jeton.v1.EnsureAccountResponse;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.ModuleScope;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.SuppliedFormat;
import io.jeton.v1.Token;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What every core does with licences, whatever it is made of. */
public abstract class LicenceCoreContract {
  private static final Client CLIENT = new Client("192.0.2.7", "contract");
  private static final String ISSUER = "shop";

  /** The core; it may serve other tests too. */
  protected abstract Core core();

  /**
   * Adds a module with this name and identification, and one sub-module, to the realm "default".
   */
  protected abstract void module(String name, String identification, String subModule);

  @Test
  void licence_isFoundInItsModuleAlone_andOnce() {
    String name = addModule();
    IssueTokenResponse issued = get(core().issueToken(licence(name, "T1").build(), CLIENT));

    assertThat(issued.getToken().getModule()).isEqualTo(name);
    assertThat(verify(asked(name, "T1")).getToken()).isEqualTo(issued.getToken());
    assertThat(verify(asked(name, "T1").setSubModule("kid")).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    assertThat(verify(asked(name, "T1").clearIssuer()).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    assertThat(verify(asked(name, "T1").setSubModule("absent")).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_MODULE_NOT_FOUND);
    assertRefused(
        core().issueToken(licence(name.toUpperCase(), "T1").build(), CLIENT),
        ErrorReason.ERROR_REASON_TOKEN_EXISTS);
    assertThat(
            get(core().issueToken(licence(name, "T1").setSubModule("KID").build(), CLIENT))
                .getToken()
                .getSubModule())
        .isEqualTo("Kid");
    assertRefused(
        core().issueToken(licence("absent-" + name, "T1").build(), CLIENT),
        ErrorReason.ERROR_REASON_MODULE_NOT_FOUND);
  }

  @Test
  void revokedLicence_canBeMadeAgain() {
    String name = addModule();
    Token first = get(core().issueToken(licence(name, "T1").build(), CLIENT)).getToken();
    RevokeTokenRequest revoke =
        RevokeTokenRequest.newBuilder().setToken("T1").setModuleScope(in(name)).build();

    assertThat(get(core().revokeToken(revoke, CLIENT)).getChanged()).isTrue();
    assertThat(verify(asked(name, "T1")).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_REVOKED);
    Token again = get(core().issueToken(licence(name, "T1").build(), CLIENT)).getToken();

    assertThat(again.getId()).isNotEqualTo(first.getId());
    assertThat(shown(name).getId()).isEqualTo(again.getId());
    assertThat(verify(asked(name, "T1")).getActive()).isTrue();
  }

  @Test
  void machine_isBoundOnce_andItsUseIsNoted() {
    String name = addModule();
    get(core().issueToken(licence(name, "T1").build(), CLIENT));
    assertThat(verify(asked(name, "T1").setMachine("PC-7")).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_MACHINE_UNBOUND);
    assertThat(shown(name).hasLastUseTime()).isFalse();

    assertThat(get(core().bindToken(binding(name, "PC-7"), CLIENT)).getToken().getMachine())
        .isEqualTo("PC-7");
    assertThat(get(core().bindToken(binding(name, "pc-7"), CLIENT)).getToken().getMachine())
        .isEqualTo("PC-7");
    assertRefused(
        core().bindToken(binding(name, "PC-8"), CLIENT), ErrorReason.ERROR_REASON_TOKEN_BOUND);

    assertThat(verify(asked(name, "T1").setMachine("PC-8")).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_WRONG_MACHINE);
    assertThat(shown(name).hasLastUseTime()).isFalse();
    assertThat(verify(asked(name, "T1").setMachine("pc-7")).getActive()).isTrue();
    assertThat(shown(name).hasLastUseTime()).isTrue();
    assertThat(
            get(core().bindToken(binding(name, "").toBuilder().setRebind(true).build(), CLIENT))
                .getToken()
                .getMachine())
        .isEmpty();
    assertRefused(
        core().bindToken(binding(name, ""), CLIENT), ErrorReason.ERROR_REASON_FIELD_INVALID);
  }

  @Test
  void extendToken_movesTheEnd() {
    String name = addModule();
    IssueTokenRequest.Builder request = licence(name, "T1");
    request.getExpireTimeBuilder().setSeconds(4_000_000_000L);
    get(core().issueToken(request.build(), CLIENT));

    assertThat(extended(name, 60)).isEqualTo(4_000_000_060L);
    assertThat(extended(name, -60)).isEqualTo(4_000_000_000L);
    assertThat(extended(name, Long.MAX_VALUE)).isEqualTo(253_402_300_799L);
    assertThat(extended(name, Long.MIN_VALUE)).isEqualTo(-62_135_596_800L);
    assertThat(verify(asked(name, "T1")).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_EXPIRED);
    assertRefused(
        core().bindToken(binding(name, "PC-7"), CLIENT), ErrorReason.ERROR_REASON_TOKEN_INACTIVE);
    assertThat(extended(name, 60)).isPositive();
    assertThat(verify(asked(name, "T1")).getActive()).isTrue();
  }

  @Test
  void ensureAccount_addsOneANumber() {
    String qq = Integer.toUnsignedString(UUID.randomUUID().hashCode());
    EnsureAccountRequest request = EnsureAccountRequest.newBuilder().setQq(qq).build();

    EnsureAccountResponse added = get(core().ensureAccount(request, CLIENT));
    EnsureAccountResponse found = get(core().ensureAccount(request, CLIENT));

    assertThat(added.getCreated()).isTrue();
    assertThat(added.getAccount().getQq()).isEqualTo(qq);
    assertThat(added.getAccount().hasName()).isFalse();
    assertThat(found.getCreated()).isFalse();
    assertThat(found.getAccount()).isEqualTo(added.getAccount());
    assertRefused(
        core().ensureAccount(EnsureAccountRequest.getDefaultInstance(), CLIENT),
        ErrorReason.ERROR_REASON_FIELD_INVALID);
  }

  private String addModule() {
    String name = "m-" + UUID.randomUUID();
    module(name, "ident-" + name, "Kid");
    return name;
  }

  private long extended(String module, long bySeconds) {
    ExtendTokenRequest request =
        ExtendTokenRequest.newBuilder()
            .setToken("T1")
            .setModuleScope(in(module))
            .setBySeconds(bySeconds)
            .build();
    return get(core().extendToken(request, CLIENT)).getToken().getExpireTime().getSeconds();
  }

  private Token shown(String module) {
    GetTokenRequest request =
        GetTokenRequest.newBuilder().setToken("T1").setModuleScope(in(module)).build();
    return get(core().getToken(request, CLIENT)).getToken();
  }

  private VerifyTokenResponse verify(VerifyTokenRequest.Builder request) {
    return get(core().verifyToken(request.build(), CLIENT));
  }

  private static IssueTokenRequest.Builder licence(String module, String code) {
    return IssueTokenRequest.newBuilder()
        .setModule(module)
        .setIssuer(ISSUER)
        .setSupplied(SuppliedFormat.newBuilder().setCode(code));
  }

  private static VerifyTokenRequest.Builder asked(String module, String code) {
    return VerifyTokenRequest.newBuilder()
        .setToken(code)
        .setModuleIdentification("ident-" + module)
        .setIssuer(ISSUER);
  }

  private static BindTokenRequest binding(String module, String machine) {
    return BindTokenRequest.newBuilder()
        .setToken("T1")
        .setModuleScope(in(module))
        .setMachine(machine)
        .build();
  }

  private static ModuleScope in(String module) {
    return ModuleScope.newBuilder().setModule(module).setIssuer(ISSUER).build();
  }

  private static <T> T get(CompletableFuture<T> answer) {
    return answer.join();
  }

  private static void assertRefused(CompletableFuture<?> answer, ErrorReason reason) {
    assertThatThrownBy(answer::join)
        .isInstanceOfSatisfying(
            CompletionException.class,
            thrown ->
                assertThat(thrown.getCause())
                    .isInstanceOfSatisfying(
                        CoreException.class, why -> assertThat(why.reason()).isEqualTo(reason)));
  }
}
