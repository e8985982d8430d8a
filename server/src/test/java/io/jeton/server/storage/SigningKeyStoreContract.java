package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.domain.Algorithm;
import io.jeton.server.domain.FamilyMember;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefreshRow;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Rotation;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.SigningKey;
import io.jeton.server.domain.SigningKeyStore;
import io.jeton.server.domain.SigningKeyStore.Batch;
import io.jeton.server.domain.SigningKeyStore.NewKey;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link SigningKeyStore} promises. */
abstract class SigningKeyStoreContract {
  private SigningKeyStore keys;
  private Realm realm;
  private Realm other;

  /** A store without a row. */
  abstract StoreUnderTest store() throws Exception;

  @BeforeEach
  void open() throws Exception {
    keys = store().signingKeys();
    store().realms().ensure(Samples.realm("default"), NOW);
    store().realms().ensure(Samples.realm("other"), NOW);
    realm = store().realms().all().get(0);
    other = store().realms().all().get(1);
  }

  @Test
  void all_isEmpty_atFirst() {
    assertThat(keys.all()).isEmpty();
  }

  @Test
  void add_givesTheKey_asAllDoes() throws Exception {
    SigningKey added =
        keys.add(
            new NewKey(
                realm, "web", Algorithm.ES256, bytes(7), bytes(1), Optional.of("{\"kty\":\"EC\"}")),
            NOW,
            ACTOR);

    assertThat(added.id()).isPositive();
    assertThat(added)
        .isEqualTo(
            new SigningKey(
                added.id(),
                realm,
                "web",
                Algorithm.ES256,
                NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.of("{\"kty\":\"EC\"}")));
    assertThat(keys.all()).hasSize(1);
    assertThat(keys.all().get(0).key()).isEqualTo(added);
    assertThat(keys.all().get(0).wrapped()).isEqualTo(bytes(7));
    assertThat(store().keyRevisions()).containsExactly(added.id());
  }

  @Test
  void add_keepsTheTimeToSign_alsoWhenTheKeyIsRetired() {
    Optional<Instant> later = Optional.of(NOW.plusSeconds(60));
    SigningKey added = keys.add(key(realm, "web", 1).signingFrom(later), NOW, ACTOR);

    assertThat(added.signTime()).isEqualTo(later);
    assertThat(keys.all().get(0).key()).isEqualTo(added);
    assertThat(keys.retire(realm, added.id(), false, NOW, ACTOR).signTime()).isEqualTo(later);
  }

  @Test
  void all_isByRealmAndName_theOldestFirst() {
    for (String name : List.of("b", "a", "b", "a-b", "a")) {
      add(realm, name, keys.all().size());
    }
    add(other, "a", 99);

    assertThat(keys.all())
        .extracting(each -> each.key().realm().name() + " " + each.key().name())
        .containsExactly(
            "default a", "default a", "default a-b", "default b", "default b", "other a");
    assertThat(keys.all().get(0).key().id()).isLessThan(keys.all().get(1).key().id());
  }

  @Test
  void add_givesTheOneThatHasTheSecret_andAddsNone() throws Exception {
    SigningKey first = add(realm, "web", 1);
    add(realm, "web", 2);
    List<AuditRecord> audit = store().audit();

    assertThat(add(realm, "web", 1)).isEqualTo(first);
    assertThat(keys.all()).hasSize(2);
    assertThat(store().audit()).isEqualTo(audit);
    assertThat(store().keyRevisions()).hasSize(2);
  }

  @Test
  void add_ofOneSecret_isAnotherKey_underAnotherNameOrRealm() {
    Set<Integer> ids = new TreeSet<>();
    ids.add(add(realm, "web", 1).id());
    ids.add(add(realm, "web2", 1).id());
    ids.add(add(other, "web", 1).id());

    assertThat(ids).hasSize(3);
  }

  @Test
  void add_givesOneKey_whenThreadsAddOneSecretAtOnce() throws Exception {
    var outcomes = Race.run(16, n -> () -> add(realm, "web", 1));

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(outcomes).extracting(Race.Outcome::value).containsOnly(outcomes.get(0).value());
    assertThat(keys.all()).hasSize(1);
    assertThat(store().audit()).hasSize(1);
  }

  @Test
  void add_addsAll_whenThreadsAddSecretsOfOneNameAtOnce() throws Exception {
    var outcomes = Race.run(16, n -> () -> add(realm, "web", n + 1));

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(keys.all()).hasSize(16);
  }

  @Test
  void addFirst_makesOneKey_whenThreadsMakeTheFirstAtOnce() throws Exception {
    var outcomes =
        Race.run(
            16,
            n ->
                () -> {
                  keys.addFirst(key(realm, "web", n + 1), NOW, ACTOR);
                  return keys.all().get(0).key();
                });

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(outcomes).extracting(Race.Outcome::value).containsOnly(outcomes.get(0).value());
    assertThat(keys.all()).hasSize(1);
  }

  @Test
  void addFirst_addsNone_whenTheNameHasARetiredKey() {
    SigningKey first = add(realm, "web", 1);
    keys.retire(realm, first.id(), false, NOW, ACTOR);

    keys.addFirst(key(realm, "web", 2), NOW, ACTOR);

    assertThat(keys.all()).hasSize(1);
  }

  @Test
  void retire_staysAtTheFirstTime_untilAnEmergency() throws Exception {
    int id = add(realm, "web", 1).id();

    SigningKey retired = keys.retire(realm, id, false, NOW.plusSeconds(1), ACTOR);
    assertThat(retired.retireTime()).contains(NOW.plusSeconds(1));
    assertThat(retired.isRevoked()).isFalse();
    assertThat(keys.retire(realm, id, false, NOW.plusSeconds(2), ACTOR)).isEqualTo(retired);

    SigningKey revoked = keys.retire(realm, id, true, NOW.plusSeconds(3), ACTOR);
    assertThat(revoked.retireTime()).contains(NOW.plusSeconds(1));
    assertThat(revoked.revokeTime()).contains(NOW.plusSeconds(3));
    assertThat(keys.retire(realm, id, true, NOW.plusSeconds(4), ACTOR)).isEqualTo(revoked);
    assertThat(keys.retire(realm, id, false, NOW.plusSeconds(4), ACTOR)).isEqualTo(revoked);
    assertThat(keys.all().get(0).key()).isEqualTo(revoked);
    assertThat(store().keyRevisions()).hasSize(3);
  }

  @Test
  void retire_ofAnActiveKeyInAnEmergency_isBothAtOnce() {
    int id = add(realm, "web", 1).id();

    SigningKey revoked = keys.retire(realm, id, true, NOW.plusSeconds(1), ACTOR);

    assertThat(revoked.retireTime()).contains(NOW.plusSeconds(1));
    assertThat(revoked.revokeTime()).contains(NOW.plusSeconds(1));
  }

  @Test
  void retire_refusesKeysOfOtherRealms_andUnknownOnes() {
    int id = add(realm, "web", 1).id();

    assertRefused(Refusal.SIGNING_KEY_NOT_FOUND, () -> keys.retire(other, id, true, NOW, ACTOR));
    assertRefused(
        Refusal.SIGNING_KEY_NOT_FOUND, () -> keys.retire(realm, id + 1, true, NOW, ACTOR));
    assertThat(keys.all().get(0).key().isRetired()).isFalse();
  }

  @Test
  void revokeTokens_endsWhatTheKeySigned_inBatches() throws Exception {
    int id = add(realm, "web", 1).id();
    int another = add(realm, "web", 2).id();
    for (int n = 1; n <= 501; n++) {
      insert(n, "signed" + n, id);
    }
    insert(1_001, "by another", another);
    insert(1_002, "by none", 0);

    List<Lookup> ending = new ArrayList<>();
    assertThat(revokeAll(id, ending)).containsExactly(500, 1, 0);

    assertThat(ending).doesNotHaveDuplicates().hasSize(501);
    assertThat(store().revisions()).containsExactlyInAnyOrderElementsOf(ending);
    for (int n : new int[] {1, 250, 501}) {
      assertThat(find("signed" + n).revokeTime()).contains(NOW.plusSeconds(1));
    }
    assertThat(find("by another").isRevoked()).isFalse();
    assertThat(find("by none").isRevoked()).isFalse();
  }

  /** Each family's first token was signed by the key and is spent; what came of it was not. */
  @Test
  void revokeTokens_endsTheFamilies_ofWhatTheKeyEverSigned_inBatches() throws Exception {
    int id = add(realm, "web", 1).id();
    int another = add(realm, "web", 2).id();
    Set<Lookup> heirs = new HashSet<>();
    for (int n = 1; n <= 502; n++) {
      Token first = member(n, n, "first" + n, n == 502 ? another : id);
      Token heir = member(1_000 + n, n, "heir" + n, another);
      refresh(first, heir);
      heirs.add(heir.lookup());
    }
    int before = store().revisions().size();
    heirs.remove(Samples.lookup(realm, "heir502"));
    keys.retire(realm, id, true, NOW, ACTOR);

    List<Lookup> ending = new ArrayList<>();
    assertThat(revokeAll(id, ending)).containsExactly(500, 1, 0);

    assertThat(ending).containsExactlyInAnyOrderElementsOf(heirs);
    assertThat(store().revisions()).hasSize(before + 501);
    assertThat(find("heir1").revokeTime()).contains(NOW.plusSeconds(1));
    assertThat(find("heir501").isRevoked()).isTrue();
    assertThat(find("heir502").isRevoked()).isFalse();
    assertThat(store().audit())
        .filteredOn(each -> each.action().equals("RevokeTokensOfKey"))
        .hasSize(2);
  }

  @Test
  void revokeTokens_erasesWhatIsSealed() throws Exception {
    int id = add(realm, "web", 1).id();
    Token token = member(1, 1, "A", id);
    RefreshRow first = new RefreshRow(member(2, 1, "R", id), token.id(), new byte[] {1});
    store().tokenWriter().insertPair(token, first, false, Optional.empty(), ACTOR);
    RefreshRow next = new RefreshRow(member(3, 1, "S", 0), token.id(), new byte[] {2});
    store()
        .tokenFamilies()
        .rotate(
            new Rotation(
                first.token(),
                next.token(),
                Optional.of(new Rotation.Pair(token, next.sealedPartner())),
                Optional.of(new Rotation.Answer(token.id(), new byte[] {3}, NOW.plusSeconds(9))),
                false,
                NOW),
            ACTOR,
            lookup -> {});
    assertThat(member(token).sealedAnswer()).isPresent();
    assertThat(member(next.token()).sealedPartner()).isPresent();

    assertThat(revokeAll(id, new ArrayList<>())).containsExactly(2, 0);

    assertThat(member(token).sealedAnswer()).isEmpty();
    assertThat(member(next.token()).sealedPartner()).isEmpty();
  }

  @Test
  void aFamily_isNotLive_fromTheRevocationOfAKeyOn_beforeItsTokensEnd() throws Exception {
    int id = add(realm, "web", 1).id();
    int another = add(realm, "web", 2).id();
    Token first = member(1, 1, "first", id);
    Token heir = member(2, 1, "heir", another);
    refresh(first, heir);
    Token stranger = member(3, 3, "stranger", another);
    store().tokenWriter().insert(stranger, false, Optional.empty(), ACTOR);
    keys.retire(realm, id, false, NOW, ACTOR);
    assertThat(member(heir).isFamilyLive()).isTrue();

    keys.retire(realm, id, true, NOW, ACTOR);

    assertThat(member(heir).isFamilyLive()).isFalse();
    assertThat(member(heir).token().isRevoked()).isFalse();
    assertThat(member(stranger).isFamilyLive()).isTrue();
  }

  @Test
  void insert_ofATokenThatARevokedKeySigned_isRefused() throws Exception {
    int id = add(realm, "web", 1).id();
    keys.retire(realm, id, false, NOW, ACTOR);
    insert(1, "by a retired one", id);
    keys.retire(realm, id, true, NOW, ACTOR);

    assertRefused(Refusal.SIGNING_KEY_RETIRED, () -> insert(2, "by a revoked one", id));
    assertThat(store().tokenReader().byLookup(Samples.lookup(realm, "by a revoked one"))).isEmpty();
  }

  @Test
  void noToken_survivesAnEmergency_howeverTheyRace() throws Exception {
    int id = add(realm, "web", 1).id();

    Race.run(
        9,
        n ->
            () -> {
              if (n == 8) {
                keys.retire(realm, id, true, NOW, ACTOR);
                revokeAll(id, new ArrayList<>());
                return n;
              }
              for (int i = 0; i < 20; i++) {
                insert(1 + 100 * n + i, "raced " + n + " " + i, id);
              }
              return n;
            });

    assertThat(store().tokenReader().list(realm, Optional.empty(), Optional.empty(), 1_000))
        .isEmpty();
  }

  @Test
  void changes_areAudited() throws Exception {
    int id = add(realm, "web", 1).id();
    insert(1, "signed", id);
    keys.retire(realm, id, false, NOW.plusSeconds(1), ACTOR);
    keys.retire(realm, id, true, NOW.plusSeconds(2), ACTOR);
    keys.revokeTokens(realm, id, 0, NOW.plusSeconds(3), lookup -> {}, ACTOR);

    assertThat(store().audit())
        .containsExactly(
            new AuditRecord(NOW, ACTOR, "CreateSigningKey", "default", "" + id),
            new AuditRecord(NOW, ACTOR, "IssueToken", "default", "1"),
            new AuditRecord(NOW.plusSeconds(1), ACTOR, "RetireSigningKey", "default", "" + id),
            new AuditRecord(NOW.plusSeconds(2), ACTOR, "RevokeSigningKey", "default", "" + id),
            new AuditRecord(NOW.plusSeconds(3), ACTOR, "RevokeTokensOfKey", "default", "" + id));
  }

  /** How many each batch ended. */
  private List<Integer> revokeAll(int id, List<Lookup> ending) {
    List<Integer> ended = new ArrayList<>();
    Batch batch = new Batch(0, 0, false);
    while (!batch.isLast()) {
      batch = keys.revokeTokens(realm, id, batch.next(), NOW.plusSeconds(1), ending::add, ACTOR);
      ended.add(batch.ended());
    }
    return ended;
  }

  private Token member(int id, int family, String secret, int signingKeyId) {
    return Samples.token(
        realm,
        id,
        secret,
        new Token.Attributes(
            "access",
            "alice",
            Scopes.NONE,
            "",
            Optional.empty(),
            Optional.empty(),
            new Ties(
                "",
                null,
                new Ties.Family(new TokenId(family), NOW.plusSeconds(60)),
                signingKeyId)));
  }

  private FamilyMember member(Token token) throws Exception {
    return store().tokenFamilies().find(token.lookup()).orElseThrow();
  }

  private void refresh(Token token, Token next) throws Exception {
    store().tokenWriter().insert(token, false, Optional.empty(), ACTOR);
    store()
        .tokenFamilies()
        .rotate(
            new Rotation(token, next, Optional.empty(), Optional.empty(), false, NOW),
            ACTOR,
            lookup -> {});
  }

  private SigningKey add(Realm in, String name, int secret) {
    return keys.add(key(in, name, secret), NOW, ACTOR);
  }

  private static NewKey key(Realm realm, String name, int secret) {
    return new NewKey(realm, name, Algorithm.HS256, bytes(secret), bytes(secret), Optional.empty());
  }

  private void insert(int id, String secret, int signingKeyId) throws Exception {
    Token token =
        Samples.token(
            realm,
            id,
            secret,
            new Token.Attributes(
                "access",
                "alice",
                Scopes.NONE,
                "",
                Optional.empty(),
                Optional.empty(),
                new Ties("", null, null, signingKeyId)));
    store().tokenWriter().insert(token, false, Optional.empty(), ACTOR);
  }

  private Token find(String secret) throws Exception {
    return store().tokenReader().byLookup(Samples.lookup(realm, secret)).orElseThrow();
  }

  private static byte[] bytes(int of) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) of);
    return bytes;
  }

  private static void assertRefused(Refusal refusal, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
  }
}
