package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.crypto.Lookups;
import io.jeton.server.domain.Binding;
import io.jeton.server.domain.Licence;
import io.jeton.server.domain.LicensedModule;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.MachineBinding;
import io.jeton.server.domain.Module;
import io.jeton.server.domain.NewModule;
import io.jeton.server.domain.NewModule.NewSubModule;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenDetails;
import io.jeton.server.domain.TokenId;
import io.jeton.server.storage.Samples.Facts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code LicenceStore} promises, and the other ports of licences. */
abstract class LicenceStoreContract {
  private static final Instant LATER = NOW.plusSeconds(60);

  private Realm realm;
  private Realm other;
  private LicensedModule demo;
  private LicensedModule kid;
  private LicensedModule second;
  private long lastId;

  /** A store without a row. */
  abstract StoreUnderTest store() throws Exception;

  @BeforeEach
  void makeModules() throws Exception {
    store().realms().ensure(Samples.realm("default"), NOW);
    store().realms().ensure(Samples.realm("other"), NOW);
    realm = realm("default");
    other = realm("other");
    Module module = module("demo", List.of(new NewSubModule("kid", Optional.empty())));
    demo = module.licensed();
    kid = module.licensed(module.subModules().get(0));
    second = module("second", List.of()).licensed();
  }

  // What is written is read.

  @Test
  void licence_isFoundAsItWasInserted() throws Exception {
    for (Token licence :
        List.of(licence(demo, "", "T1"), licence(kid, "", "T2"), licence(kid, "shop", "T3"))) {
      insert(licence);
      assertThat(byId(licence)).isEqualTo(Facts.of(licence));
      assertThat(store().tokenLookup().find(List.of(licence.lookup())).values())
          .extracting(Facts::of)
          .containsExactly(Facts.of(licence));
      assertThat(store().tokenFamilies().find(licence.lookup()).orElseThrow().token().licence())
          .isEqualTo(licence.licence());
    }
  }

  @Test
  void sameCode_inAnotherModuleSubModuleOrIssuer_isAnotherLicence() throws Exception {
    List<Token> licences =
        List.of(
            licence(demo, "", "T1"),
            licence(kid, "", "T1"),
            licence(second, "", "T1"),
            licence(demo, "shop", "T1"),
            Samples.token(realm, ++lastId, "T1"));
    for (Token licence : licences) {
      insert(licence);
    }

    assertThat(licences).extracting(Token::lookup).doesNotHaveDuplicates();
    revoke(licences.get(0), NOW);
    for (Token licence : licences.subList(1, 5)) {
      assertThat(byId(licence)).isEqualTo(Facts.of(licence));
    }
  }

  @Test
  void code_canBeMadeAgain_afterItsRevocation_butNotAfterItsExpiry() throws Exception {
    Token expired = insert(licence(demo, "", "T1", Optional.of(NOW.minusSeconds(5))));
    assertRefused(Refusal.TOKEN_EXISTS, () -> insert(licence(demo, "", "T1")));

    revoke(expired, LATER);
    Token again = insert(licence(demo, "", "T1"));

    assertThat(store().tokenReader().byLookup(again.lookup()).map(Token::id)).contains(again.id());
    assertThat(byId(expired).revokeTime()).contains(LATER);
  }

  // Binding.

  @Test
  void bindMachine_bindsOnce_withARevisionAndARecord() throws Exception {
    Token token = insert(licence(demo, "", "T1"));
    int revisions = store().revisions().size();
    List<Lookup> touched = new ArrayList<>();

    Optional<Token> bound =
        store()
            .licences()
            .bindMachine(
                realm, token.id(), new MachineBinding("PC-7", false), NOW, ACTOR, touched::add);

    Facts expected = Facts.of(new MachineBinding("PC-7", false).of(token));
    assertThat(bound.map(Facts::of)).contains(expected);
    assertThat(byId(token)).isEqualTo(expected);
    assertThat(touched).containsExactly(token.lookup());
    assertThat(store().revisions()).hasSize(revisions + 1).contains(token.lookup());
    assertThat(last().action()).isEqualTo("BindToken");
    assertThat(last().target()).isEqualTo(token.id().toString());
  }

  @Test
  void bindMachine_toTheSameInAnotherCase_keepsTheFirst_withoutATrace() throws Exception {
    Token token = insert(licence(demo, "", "T1"));
    bind(token, "PC-7");
    int audit = store().audit().size();
    int revisions = store().revisions().size();

    assertThat(machine(bind(token, "pc-7"))).isEqualTo("PC-7");
    assertThat(machine(replace(token, "PC-7"))).isEqualTo("PC-7");

    assertThat(store().audit()).hasSize(audit);
    assertThat(store().revisions()).hasSize(revisions);
  }

  @Test
  void bindMachine_refusesAnother_andReplacesWhenAsked() throws Exception {
    Token token = insert(licence(demo, "", "T1"));
    bind(token, "PC-7");

    assertRefused(Refusal.TOKEN_BOUND, () -> bind(token, "PC-8"));
    assertThat(byId(token).attributes().ties().licence().machine()).isEqualTo("PC-7");

    assertThat(machine(replace(token, "PC-8"))).isEqualTo("PC-8");
    assertThat(machine(replace(token, "pc-8"))).isEqualTo("pc-8");
    assertThat(machine(replace(token, ""))).isEmpty();
    assertThat(machine(replace(token, ""))).isEmpty();
    assertThat(machine(bind(token, "PC-9"))).isEqualTo("PC-9");
    assertThat(store().audit())
        .extracting(AuditRecord::action)
        .filteredOn("BindToken"::equals)
        .hasSize(5);
  }

  @Test
  void bindMachine_refusesWhatHasEnded_andReplacesAlsoWhenExpired() throws Exception {
    Token token = insert(licence(demo, "", "T1", Optional.of(LATER)));

    assertRefused(Refusal.TOKEN_INACTIVE, () -> bindAt(token, "PC-7", false, LATER));
    assertThat(machine(bindAt(token, "PC-7", false, LATER.minusNanos(1_000)))).isEqualTo("PC-7");
    assertRefused(Refusal.TOKEN_INACTIVE, () -> bindAt(token, "PC-7", false, LATER));
    assertThat(machine(bindAt(token, "PC-8", true, LATER))).isEqualTo("PC-8");

    revoke(token, LATER);
    assertRefused(Refusal.TOKEN_INACTIVE, () -> bind(token, "PC-8"));
    assertRefused(Refusal.TOKEN_INACTIVE, () -> replace(token, "PC-9"));
  }

  @Test
  void bindMachine_refusesWhatIsNoLicence_andKnowsOnlyItsRealm() throws Exception {
    Token plain = insert(Samples.token(realm, ++lastId, "plain"));
    Token licence = insert(licence(demo, "", "T1"));

    assertRefused(Refusal.FIELD_INVALID, () -> bind(plain, "PC-7"));
    assertRefused(Refusal.FIELD_INVALID, () -> replace(plain, "PC-7"));
    assertThat(
            store()
                .licences()
                .bindMachine(
                    other, licence.id(), new MachineBinding("PC", false), NOW, ACTOR, key -> {}))
        .isEmpty();
  }

  @Test
  void bindMachine_letsOneWin_whenThreadsBindTheSame() throws Exception {
    Token token = insert(licence(demo, "", "T1"));

    var outcomes = Race.run(16, n -> () -> bind(token, "PC-" + n));

    assertThat(outcomes).filteredOn(Race.Outcome::isWon).hasSize(1);
    String winner =
        machine(outcomes.stream().filter(Race.Outcome::isWon).findFirst().orElseThrow().value());
    assertThat(byId(token).attributes().ties().licence().machine()).isEqualTo(winner);
    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.isWon())
        .allSatisfy(
            outcome ->
                assertThat(((RefusedException) outcome.thrown()).refusal())
                    .isEqualTo(Refusal.TOKEN_BOUND));
  }

  // Uses.

  @Test
  void lastUses_areTheLatestNoted_withoutATrace() throws Exception {
    Token used = insert(licence(demo, "", "T1"));
    Token unused = insert(licence(demo, "", "T2"));
    int audit = store().audit().size();
    int revisions = store().revisions().size();

    store().licences().noteUses(Map.of(used.id(), LATER));
    store().licences().noteUses(Map.of(used.id(), NOW, new TokenId(999), NOW));

    assertThat(lastUse(used)).contains(LATER);
    assertThat(lastUse(unused)).isEmpty();
    assertThat(store().audit()).hasSize(audit);
    assertThat(store().revisions()).hasSize(revisions);
  }

  @Test
  void lastUse_outlivesTheRevocation() throws Exception {
    Token used = insert(licence(demo, "", "T1"));
    store().licences().noteUses(Map.of(used.id(), NOW));
    revoke(used, LATER);
    store().licences().noteUses(Map.of(used.id(), LATER));

    assertThat(lastUse(used)).contains(LATER);
  }

  // An anonymous licence is bound to somebody as other tokens are.

  @Test
  void bindingToASubject_keepsTheLicence() throws Exception {
    Token token = insert(licence(demo, "", "T1"));
    bind(token, "PC-7");

    store()
        .tokenFamilies()
        .bind(realm, token.id(), Binding.to("alice", Scopes.of(List.of())), NOW, ACTOR, key -> {});

    assertThat(byId(token).attributes().subject()).isEqualTo("alice");
    assertThat(byId(token).attributes().ties().licence()).isEqualTo(new Licence(demo, "PC-7"));
  }

  private Optional<Instant> lastUse(Token token) throws Exception {
    return store()
        .tokenReader()
        .details(List.of(token.id()))
        .getOrDefault(token.id(), TokenDetails.NONE)
        .lastUse();
  }

  private Token bind(Token token, String machine) throws Exception {
    return bindAt(token, machine, false, NOW);
  }

  private Token replace(Token token, String machine) throws Exception {
    return bindAt(token, machine, true, NOW);
  }

  private Token bindAt(Token token, String machine, boolean replaces, Instant at) throws Exception {
    return store()
        .licences()
        .bindMachine(realm, token.id(), new MachineBinding(machine, replaces), at, ACTOR, key -> {})
        .orElseThrow();
  }

  private static String machine(Token token) {
    return token.licence().machine();
  }

  private Facts byId(Token token) throws Exception {
    return store().tokenReader().byId(realm, token.id()).map(Facts::of).orElseThrow();
  }

  private AuditRecord last() throws Exception {
    List<AuditRecord> audit = store().audit();
    return audit.get(audit.size() - 1);
  }

  private Token licence(LicensedModule module, String issuer, String code) {
    return licence(module, issuer, code, Optional.empty());
  }

  private Token licence(
      LicensedModule module, String issuer, String code, Optional<Instant> expireTime) {
    return Token.of(
        Lookups.ofLicence(realm.name(), module, issuer, code),
        new TokenId(++lastId),
        realm,
        new Token.Attributes(
            "licence",
            "",
            Scopes.of(List.of()),
            "",
            Optional.empty(),
            expireTime,
            new Ties(issuer, null, null, 0, new Licence(module, ""))),
        NOW,
        Optional.empty());
  }

  private Token insert(Token token) throws Exception {
    store().tokenWriter().insert(token, true, Optional.empty(), ACTOR);
    return token;
  }

  private void revoke(Token token, Instant at) throws Exception {
    store().tokenWriter().revoke(realm, token.id(), at, ACTOR, key -> {});
  }

  private Module module(String name, List<NewSubModule> subModules) throws Exception {
    return store()
        .modules()
        .create(
            realm,
            new NewModule(name, "ident-" + name, Optional.empty(), Optional.empty(), subModules),
            NOW,
            ACTOR);
  }

  private Realm realm(String name) throws Exception {
    return store().realms().all().stream()
        .filter(each -> each.name().value().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void assertRefused(Refusal refusal, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
  }
}
