package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Algorithm;
import io.jeton.server.domain.ForeignTokenPolicy;
import io.jeton.server.domain.ForeignTokenStore;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Rotation;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.SigningKeyStore.NewKey;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link ForeignTokenStore} promises. */
abstract class ForeignTokenStoreContract {
  private static final ForeignTokenPolicy POLICY =
      new ForeignTokenPolicy(
          NOW,
          Optional.of(Duration.ofDays(28)),
          Map.of("prv", "48e4\"\\\u0001é", "iss", ""),
          "thinksns");
  private static final ForeignTokenPolicy PLAIN =
      new ForeignTokenPolicy(NOW.plusSeconds(1), Optional.empty(), Map.of(), "");

  private ForeignTokenStore foreign;
  private Realm realm;
  private Realm other;
  private int key;

  /** A store without a row. */
  abstract StoreUnderTest store() throws Exception;

  @BeforeEach
  void open() throws Exception {
    foreign = store().foreignTokens();
    store().realms().ensure(Samples.realm("default"), NOW);
    store().realms().ensure(Samples.realm("other"), NOW);
    realm = store().realms().all().get(0);
    other = store().realms().all().get(1);
    key =
        store()
            .signingKeys()
            .add(
                new NewKey(
                    realm, "web", Algorithm.HS256, new byte[8], new byte[32], Optional.empty()),
                NOW,
                ACTOR)
            .id();
    store().putAccount(realm, 1, AccountState.ACTIVE);
  }

  // Policies.

  @Test
  void policies_areThoseThatWereSet_realmByRealm() {
    assertThat(foreign.policies()).isEmpty();

    foreign.setPolicy(realm, "web", Optional.of(POLICY), NOW, ACTOR);
    foreign.setPolicy(realm, "app", Optional.of(PLAIN), NOW, ACTOR);
    foreign.setPolicy(other, "web", Optional.of(PLAIN), NOW, ACTOR);

    assertThat(foreign.policies())
        .isEqualTo(
            Map.of(
                realm.id(), Map.of("web", POLICY, "app", PLAIN), other.id(), Map.of("web", PLAIN)));
  }

  @Test
  void setPolicy_replacesAndRemoves() {
    foreign.setPolicy(realm, "web", Optional.of(POLICY), NOW, ACTOR);
    foreign.setPolicy(realm, "web", Optional.of(PLAIN), NOW, ACTOR);
    assertThat(foreign.policies()).isEqualTo(Map.of(realm.id(), Map.of("web", PLAIN)));

    foreign.setPolicy(realm, "web", Optional.empty(), NOW, ACTOR);
    assertThat(foreign.policies()).isEmpty();
  }

  @Test
  void setPolicy_ofWhatIsSet_isNoChange() throws Exception {
    foreign.setPolicy(realm, "web", Optional.of(POLICY), NOW, ACTOR);
    foreign.setPolicy(realm, "web", Optional.of(POLICY), NOW.plusSeconds(1), ACTOR);
    foreign.setPolicy(realm, "app", Optional.empty(), NOW.plusSeconds(1), ACTOR);

    assertThat(store().audit())
        .filteredOn(each -> each.action().equals("SetForeignTokens"))
        .containsExactly(new AuditRecord(NOW, ACTOR, "SetForeignTokens", "default", "web"));
  }

  @Test
  void setPolicy_takesTheLargestClaims() {
    StringBuilder controls = new StringBuilder();
    for (int i = 0; i < 255; i++) {
      controls.append('\u0001');
    }
    Map<String, String> claims = new java.util.HashMap<>();
    for (int n = 0; n < 8; n++) {
      claims.put(n + controls.substring(0, 63), controls.toString());
    }
    ForeignTokenPolicy largest = new ForeignTokenPolicy(NOW, Optional.empty(), claims, "");

    foreign.setPolicy(realm, "web", Optional.of(largest), NOW, ACTOR);

    assertThat(foreign.policies().get(realm.id())).containsEntry("web", largest);
  }

  // What original servers had revoked.

  @Test
  void revokedJti_isOfItsRealmAndKeyAlone_andExact() {
    foreign.addRevokedJti(realm, "web", "J1", Optional.empty(), NOW, any -> {}, ACTOR);

    assertThat(foreign.isRevokedJti(realm, "web", "J1")).isTrue();
    assertThat(foreign.isRevokedJti(realm, "web", "j1")).isFalse();
    assertThat(foreign.isRevokedJti(realm, "web", "J1 ")).isFalse();
    assertThat(foreign.isRevokedJti(realm, "app", "J1")).isFalse();
    assertThat(foreign.isRevokedJti(other, "web", "J1")).isFalse();
  }

  @Test
  void addRevokedJti_isNeverCutShort() throws Exception {
    Instant soon = NOW.plusSeconds(10);
    assertThat(foreign.addRevokedJti(realm, "web", "J1", Optional.of(soon), NOW, any -> {}, ACTOR))
        .isTrue();
    assertThat(foreign.addRevokedJti(realm, "web", "J1", Optional.of(soon), NOW, any -> {}, ACTOR))
        .isFalse();
    assertThat(foreign.addRevokedJti(realm, "web", "J1", Optional.of(NOW), NOW, any -> {}, ACTOR))
        .isFalse();
    assertThat(foreign.isRevokedJtiUntil(realm, "web", "J1", Optional.of(soon))).isTrue();
    assertThat(foreign.isRevokedJtiUntil(realm, "web", "J1", Optional.empty())).isFalse();
    assertThat(foreign.isRevokedJtiUntil(realm, "web", "J2", Optional.of(soon))).isFalse();
    Instant later = soon.plusSeconds(1);
    assertThat(foreign.addRevokedJti(realm, "web", "J1", Optional.of(later), NOW, any -> {}, ACTOR))
        .isTrue();
    assertThat(foreign.addRevokedJti(realm, "web", "J1", Optional.empty(), NOW, any -> {}, ACTOR))
        .isTrue();
    assertThat(foreign.addRevokedJti(realm, "web", "J1", Optional.of(later), NOW, any -> {}, ACTOR))
        .isFalse();
    assertThat(store().audit())
        .filteredOn(each -> each.action().equals("RevokeJti"))
        .hasSize(3)
        .allMatch(each -> each.target().equals("web"));
  }

  // Taking over.

  @Test
  void adopt_insertsTheToken_asItIs() throws Exception {
    Token token = token(1, "T1");

    assertThat(adopt(token).map(Samples.Facts::of)).contains(Samples.Facts.of(token));

    Token found = store().tokenReader().byLookup(token.lookup()).orElseThrow();
    assertThat(found.attributes()).isEqualTo(token.attributes());
    assertThat(found.issueTime()).isEqualTo(token.issueTime());
    assertThat(found.isRevoked()).isFalse();
    assertThat(store().revisions()).containsExactly(token.lookup());
    assertThat(store().audit())
        .contains(new AuditRecord(NOW.plusSeconds(5), ACTOR, "AdoptToken", "default", "1"));
  }

  @Test
  void adopt_givesTheRowThatIsThere_andChangesNothing() throws Exception {
    adopt(token(1, "T1"));
    List<AuditRecord> audit = store().audit();

    assertThat(adopt(token(2, "T1")).orElseThrow().id()).isEqualTo(new TokenId(1));
    assertThat(store().audit()).isEqualTo(audit);
  }

  @Test
  void adopt_neverBringsBackARevokedToken() throws Exception {
    adopt(token(1, "T1"));
    store().tokenWriter().revoke(realm, new TokenId(1), NOW.plusSeconds(6), ACTOR, any -> {});

    assertThat(adopt(token(2, "T1")).orElseThrow().revokeTime()).contains(NOW.plusSeconds(6));
    assertThat(store().tokenReader().byId(realm, new TokenId(2))).isEmpty();
  }

  @Test
  void adopt_refusesAnUnknownAccount() throws Exception {
    store().putAccount(other, 2, AccountState.ACTIVE);

    assertThat(adopt(token(1, "T1", 2))).isEmpty();
    assertThat(store().tokenReader().byId(realm, new TokenId(1))).isEmpty();
  }

  static Stream<AccountState> inactive() {
    return Stream.of(
        AccountState.disabled(NOW.plusSeconds(9)),
        AccountState.banned(NOW.plusSeconds(9)),
        // The token was issued at NOW.
        AccountState.ended(NOW),
        AccountState.ended(NOW.plusSeconds(9)));
  }

  @ParameterizedTest
  @MethodSource("inactive")
  void adopt_refusesAnAccountThatDoesNotVouch(AccountState state) throws Exception {
    store().putAccount(realm, 1, state);

    assertThat(adopt(token(1, "T1"))).isEmpty();
    assertThat(store().tokenReader().byId(realm, new TokenId(1))).isEmpty();
    assertThat(store().revisions()).isEmpty();
  }

  @Test
  void adopt_takesATokenFromAfterTheEndOfOthers() throws Exception {
    store().putAccount(realm, 1, AccountState.ended(NOW.minusNanos(1_000)));

    assertThat(adopt(token(1, "T1"))).isPresent();
  }

  @Test
  void adopt_refusesWhatWasRevokedElsewhere() throws Exception {
    foreign.addRevokedJti(realm, "web", "jti of T1", Optional.empty(), NOW, any -> {}, ACTOR);

    assertThat(adopt(token(1, "T1"))).isEmpty();
    assertThat(adopt(token(2, "T2"))).isPresent();
  }

  @Test
  void addRevokedJti_endsWhatWasTakenOver_andWhatItWasRefreshedInto() throws Exception {
    Token first = token(1, "T1");
    adopt(first);
    Token heir = heir(2, first);
    store()
        .tokenFamilies()
        .rotate(
            new Rotation(first, heir, Optional.empty(), Optional.empty(), false, NOW),
            ACTOR,
            any -> {});
    adopt(token(3, "T2"));
    int revisions = store().revisions().size();
    List<Lookup> ending = new ArrayList<>();

    for (Realm where : List.of(other, realm)) {
      foreign.addRevokedJti(
          where, "web", "jti of T1", Optional.empty(), NOW.plusSeconds(7), ending::add, ACTOR);
    }

    assertThat(ending).containsExactly(heir.lookup());
    assertThat(store().revisions()).hasSize(revisions + 1);
    assertThat(byId(2).revokeTime()).contains(NOW.plusSeconds(7));
    assertThat(byId(3).isRevoked()).isFalse();
    assertThat(store().audit())
        .contains(new AuditRecord(NOW.plusSeconds(7), ACTOR, "RevokeFamily", "default", "1"));
    assertThat(
            foreign.addRevokedJti(
                realm, "web", "jti of T1", Optional.empty(), NOW, any -> {}, ACTOR))
        .isFalse();
  }

  @Test
  void addRevokedJti_endsATokenWithoutAFamily() throws Exception {
    Token token = token(1, "T1");
    Token.Attributes old = token.attributes();
    Token alone =
        token.with(
            new Token.Attributes(
                old.kind(),
                old.subject(),
                old.scopes(),
                old.appId(),
                old.name(),
                old.expireTime(),
                new Ties("thinksns", old.ties().account(), null, key)));
    adopt(alone);
    List<Lookup> ending = new ArrayList<>();

    foreign.addRevokedJti(
        realm, "web", "jti of T1", Optional.empty(), NOW.plusSeconds(7), ending::add, ACTOR);

    assertThat(ending).containsExactly(alone.lookup());
    assertThat(byId(1).revokeTime()).contains(NOW.plusSeconds(7));
    assertThat(store().revisions()).containsExactly(alone.lookup(), alone.lookup());
  }

  @Test
  void aRevokedJti_countsForEveryKeyOfTheSecret_andNoOther() throws Exception {
    addKey("twin", new byte[32]);
    addKey("stranger", new byte[] {1});
    adopt(token(1, "T1"));
    for (String jti : List.of("jti of T1", "jti of T2")) {
      foreign.addRevokedJti(realm, "stranger", jti, Optional.empty(), NOW, any -> {}, ACTOR);
    }
    assertThat(byId(1).isRevoked()).isFalse();

    for (String jti : List.of("jti of T1", "jti of T2")) {
      foreign.addRevokedJti(realm, "twin", jti, Optional.empty(), NOW, any -> {}, ACTOR);
    }

    assertThat(byId(1).isRevoked()).isTrue();
    assertThat(adopt(token(2, "T2"))).isEmpty();
  }

  @Test
  void noToken_survivesTheRevocationOfItsJti_howeverTheyRace() throws Exception {
    for (int round = 0; round < 25; round++) {
      String secret = "raced " + round;
      String jti = "jti of " + secret;
      Token token = token(1 + round, secret);
      var outcomes =
          Race.run(
              2,
              n ->
                  () ->
                      n == 0
                          ? foreign.adopt(token, "web", jti, NOW, ACTOR).isPresent()
                          : foreign.addRevokedJti(
                              realm, "web", jti, Optional.empty(), NOW, any -> {}, ACTOR));
      assertThat(outcomes).allMatch(Race.Outcome::isWon);
    }
    assertThat(store().tokenReader().list(realm, Optional.empty(), Optional.empty(), 100))
        .isEmpty();
  }

  @Test
  void adopt_refusesWhatARevokedKeySigned_butNotARetiredOne() throws Exception {
    store().signingKeys().retire(realm, key, false, NOW, ACTOR);
    assertThat(adopt(token(1, "T1"))).isPresent();

    store().signingKeys().retire(realm, key, true, NOW, ACTOR);
    assertThat(adopt(token(2, "T2"))).isEmpty();
  }

  @Test
  void adopt_tellsATakenId() throws Exception {
    adopt(token(1, "T1"));

    assertThatThrownBy(() -> adopt(token(1, "T2"))).isInstanceOf(DuplicateIdException.class);
  }

  @Test
  void adopt_insertsOneRow_whenThreadsTakeOverAtOnce() throws Exception {
    var outcomes = Race.run(32, n -> () -> adopt(token(1 + n, "T1")).orElseThrow().id());

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(outcomes).extracting(Race.Outcome::value).containsOnly(outcomes.get(0).value());
    assertThat(store().tokenReader().list(realm, Optional.empty(), Optional.empty(), 100))
        .hasSize(1);
    assertThat(store().revisions()).hasSize(1);
  }

  /** The unique key lets a row in beside a revoked one, so it alone would not prevent this. */
  @Test
  void adopt_neverBringsBackAToken_thatIsRevokedMeanwhile() throws Exception {
    for (int round = 0; round < 25; round++) {
      String secret = "T" + round;
      int first = 1 + round * 100;
      Race.run(
          8,
          n ->
              () -> {
                Token mine = adopt(token(first + n, secret)).orElseThrow();
                if (n % 2 == 0) {
                  store()
                      .tokenWriter()
                      .revoke(realm, mine.id(), NOW.plusSeconds(6), ACTOR, any -> {});
                }
                return adopt(token(first + 50 + n, secret)).orElseThrow().id();
              });
      assertThat(
              store()
                  .tokenReader()
                  .byLookup(Samples.lookup(realm, secret))
                  .orElseThrow()
                  .isRevoked())
          .isTrue();
    }
    assertThat(store().tokenReader().list(realm, Optional.empty(), Optional.empty(), 100))
        .isEmpty();
  }

  private void addKey(String name, byte[] secret) throws Exception {
    store()
        .signingKeys()
        .add(
            new NewKey(
                realm,
                name,
                Algorithm.HS256,
                new byte[8],
                Arrays.copyOf(secret, 32),
                Optional.empty()),
            NOW,
            ACTOR);
  }

  private Token byId(long id) throws Exception {
    return store().tokenReader().byId(realm, new TokenId(id)).orElseThrow();
  }

  /** What a token is refreshed into, which no key signed. */
  private Token heir(long id, Token first) {
    Token.Attributes old = first.attributes();
    return Samples.token(
        realm,
        id,
        "heir of " + first.id(),
        new Token.Attributes(
            old.kind(),
            old.subject(),
            old.scopes(),
            old.appId(),
            old.name(),
            old.expireTime(),
            new Ties("thinksns", old.ties().account(), old.ties().family(), 0)));
  }

  private Optional<Token> adopt(Token token) throws Exception {
    String secret =
        Stream.of("T1", "T2")
            .filter(each -> Samples.lookup(realm, each).equals(token.lookup()))
            .findFirst()
            .orElse("other");
    return foreign.adopt(token, "web", "jti of " + secret, NOW.plusSeconds(5), ACTOR);
  }

  private Token token(long id, String secret) {
    return token(id, secret, 1);
  }

  private Token token(long id, String secret, long account) {
    AccountId accountId = new AccountId(account);
    return Samples.token(
        realm,
        id,
        secret,
        new Token.Attributes(
            "access",
            accountId.subject(),
            Scopes.NONE,
            "",
            Optional.empty(),
            Optional.of(NOW.plusSeconds(3_600)),
            new Ties(
                "thinksns",
                accountId,
                new Ties.Family(new TokenId(id), NOW.plusSeconds(7_200)),
                key)));
  }
}
