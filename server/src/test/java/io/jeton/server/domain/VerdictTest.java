package io.jeton.server.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void acting_needsAnAdministrator_beforeScopes_andAfterAllElse() {
    for (Verdict verdict : Verdict.values()) {
      assertThat(verdict.whenActing("administrator")).isEqualTo(verdict);
      boolean isFit = verdict == Verdict.ACTIVE || verdict == Verdict.MISSING_SCOPE;
      assertThat(verdict.whenActing("access"))
          .isEqualTo(isFit ? Verdict.NOT_ADMINISTRATOR : verdict);
    }
  }

  private static final Instant END = Instant.parse("2026-11-21T06:28:34.123456Z");
  private static final long END_MICROS = Micros.of(END);

  @Test
  void verify_rejectsUnknown_whenTheStoreHasNothing() {
    assertThat(Verdict.judge(null, List.of(), "", 0)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void verify_acceptsUntilTheLastMicrosecond_beforeExpiry() {
    assertThat(judge(token(), END_MICROS - 1)).isEqualTo(Verdict.ACTIVE);
  }

  @Test
  void verify_rejectsExpired_atExactExpiry() {
    assertThat(judge(token(), END_MICROS)).isEqualTo(Verdict.EXPIRED);
  }

  @Test
  void verify_rejectsExpired_everAfter() {
    assertThat(judge(token(), END_MICROS + 1)).isEqualTo(Verdict.EXPIRED);
    assertThat(judge(token(), Long.MAX_VALUE)).isEqualTo(Verdict.EXPIRED);
  }

  @Test
  void verify_acceptsTokenWithoutExpiry_farInTheFuture() {
    Token token = token("", Optional.empty(), "read");
    assertThat(judge(token, Micros.of(Instant.parse("9999-12-31T23:59:59.999999Z"))))
        .isEqualTo(Verdict.ACTIVE);
  }

  @Test
  void verify_roundsExpiryDown_toTheMicrosecond() {
    Token token = token("", Optional.of(END.plusNanos(999)), "read");
    assertThat(judge(token, END_MICROS)).isEqualTo(Verdict.EXPIRED);
  }

  @Test
  void verify_rejectsRevoked_evenBeforeTheTimeOfRevocation() {
    // Another node's clock may be ahead; a token that is revoked is revoked.
    assertThat(judge(token().revoked(END.plusSeconds(60)), 0)).isEqualTo(Verdict.REVOKED);
  }

  @Test
  void verify_saysRevoked_ratherThanExpired() {
    assertThat(judge(token().revoked(END), END_MICROS + 1)).isEqualTo(Verdict.REVOKED);
  }

  @Test
  void verify_saysExpired_ratherThanWrongApplicationOrScope() {
    assertThat(Verdict.judge(token(), List.of("absent"), "other", END_MICROS))
        .isEqualTo(Verdict.EXPIRED);
  }

  @Test
  void verify_rejectsOtherApplication_exactly() {
    Token bound = token("app", Optional.empty(), "read");

    assertThat(Verdict.judge(bound, List.of(), "app", 0)).isEqualTo(Verdict.ACTIVE);
    assertThat(Verdict.judge(bound, List.of(), "", 0)).isEqualTo(Verdict.ACTIVE);
    for (String other : List.of("App", "app ", "ap", "other")) {
      assertThat(Verdict.judge(bound, List.of(), other, 0)).isEqualTo(Verdict.WRONG_APPLICATION);
    }
  }

  @Test
  void verify_rejectsUnboundToken_whenAnApplicationIsAsked() {
    assertThat(Verdict.judge(token("", Optional.empty(), "read"), List.of(), "app", 0))
        .isEqualTo(Verdict.WRONG_APPLICATION);
  }

  @Test
  void verify_wantsEveryScope_ofEachRequestAnew() {
    Token token = token("", Optional.empty(), "read", "write");

    assertThat(Verdict.judge(token, List.of("read"), "", 0)).isEqualTo(Verdict.ACTIVE);
    assertThat(Verdict.judge(token, List.of("read", "write"), "", 0)).isEqualTo(Verdict.ACTIVE);
    assertThat(Verdict.judge(token, List.of("read", "delete"), "", 0))
        .isEqualTo(Verdict.MISSING_SCOPE);
    assertThat(Verdict.judge(token, List.of("read"), "", 0)).isEqualTo(Verdict.ACTIVE);
  }

  @Test
  void verify_saysWrongApplication_ratherThanMissingScope() {
    assertThat(Verdict.judge(token("app", Optional.empty(), "read"), List.of("x"), "y", 0))
        .isEqualTo(Verdict.WRONG_APPLICATION);
  }

  @Test
  void verify_comparesTheMachine_ignoringCase() {
    Licence bound = licence("PC-ß7");

    for (String same : List.of("PC-ß7", "pc-ß7", "Pc-ß7")) {
      assertThat(Verdict.ACTIVE.whenUsedOn(same, bound)).isEqualTo(Verdict.ACTIVE);
    }
    for (String other : List.of("PC-SS7", "PC-ß7 ", "PC-ß", "x")) {
      assertThat(Verdict.ACTIVE.whenUsedOn(other, bound)).isEqualTo(Verdict.WRONG_MACHINE);
    }
  }

  @Test
  void verify_saysUnbound_ofALicenceWithoutAMachine_andOfWhatIsNoLicence() {
    assertThat(Verdict.ACTIVE.whenUsedOn("PC-7", licence(""))).isEqualTo(Verdict.MACHINE_UNBOUND);
    assertThat(Verdict.ACTIVE.whenUsedOn("PC-7", null)).isEqualTo(Verdict.MACHINE_UNBOUND);
  }

  @Test
  void verify_saysWhatIsWrongWithTheMachine_ratherThanMissingScope_andNothingElse() {
    for (Verdict before : Verdict.values()) {
      boolean isOverruled = before == Verdict.ACTIVE || before == Verdict.MISSING_SCOPE;

      assertThat(before.whenUsedOn("PC-7", licence("PC-7"))).isEqualTo(before);
      assertThat(before.whenUsedOn("PC-8", licence("PC-7")))
          .isEqualTo(isOverruled ? Verdict.WRONG_MACHINE : before);
      assertThat(before.whenUsedOn("PC-8", licence("")))
          .isEqualTo(isOverruled ? Verdict.MACHINE_UNBOUND : before);
    }
  }

  private static Licence licence(String machine) {
    return new Licence(new LicensedModule(1, "demo", 0, ""), machine);
  }

  private static Verdict judge(Token token, long nowMicros) {
    return Verdict.judge(token, List.of(), "", nowMicros);
  }

  private static Token token() {
    return token("", Optional.of(END), "read");
  }

  private static Token token(String appId, Optional<Instant> expireTime, String... scopes) {
    return Token.of(
        Lookup.of(new byte[Lookup.LENGTH]),
        new TokenId(1),
        new Realm(1, RealmName.DEFAULT),
        new Token.Attributes(
            "access", "alice", Scopes.of(List.of(scopes)), appId, Optional.empty(), expireTime),
        Instant.EPOCH,
        Optional.empty());
  }
}
