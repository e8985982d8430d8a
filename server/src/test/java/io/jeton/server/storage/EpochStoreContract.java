package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.jeton.server.crypto.Lookups;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Algorithm;
import io.jeton.server.domain.Binding;
import io.jeton.server.domain.EpochStore;
import io.jeton.server.domain.GroupEnd;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefreshRow;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Rotation;
import io.jeton.server.domain.Rotation.Outcome;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.SigningKeyStore.NewKey;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenGroup;
import io.jeton.server.domain.TokenId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link EpochStore} promises, and what the other ports do about groups that were ended. */
abstract class EpochStoreContract {
  private static final TokenGroup ALICE = TokenGroup.ofSubject("alice");
  private static final TokenGroup ANONYMOUS = TokenGroup.ofSubject("");
  private static final Binding TO_ALICE = Binding.to("alice", Scopes.NONE);
  private static final Instant LATER = NOW.plusSeconds(60);

  private EpochStore epochs;
  private Realm realm;
  private Realm other;

  /** A store without a row. */
  abstract StoreUnderTest store() throws Exception;

  @BeforeEach
  void open() throws Exception {
    epochs = store().epochs();
    store().realms().ensure(Samples.realm("default"), NOW);
    store().realms().ensure(Samples.realm("other"), NOW);
    realm = store().realms().all().get(0);
    other = store().realms().all().get(1);
  }

  // Numbers.

  @Test
  void current_isEmpty_beforeTheFirstEnd() {
    assertThat(epochs.current()).isEmpty();
    assertThat(epochs.since(realm, 0)).isEmpty();
  }

  @Test
  void end_countsWithinItsRealm_andKeepsTheLastOfAGroup() {
    GroupEnd first = end(ALICE);
    GroupEnd second = end(TokenGroup.WHOLE_REALM);
    GroupEnd third = epochs.end(realm, ALICE, LATER, ACTOR);
    GroupEnd elsewhere = epochs.end(other, ALICE, NOW, ACTOR);

    assertThat(first).isEqualTo(new GroupEnd(ALICE, 1, NOW));
    assertThat(second).isEqualTo(new GroupEnd(TokenGroup.WHOLE_REALM, 2, NOW));
    assertThat(third).isEqualTo(new GroupEnd(ALICE, 3, LATER));
    assertThat(elsewhere.epoch()).isEqualTo(1);
    assertThat(epochs.current()).isEqualTo(Map.of(realm, 3, other, 1));
    assertThat(epochs.since(realm, 0)).containsExactly(second, third);
    assertThat(epochs.since(realm, 2)).containsExactly(third);
    assertThat(epochs.since(realm, 3)).isEmpty();
    assertThat(epochs.since(other, 0)).containsExactly(elsewhere);
  }

  @Test
  void end_keepsGroupsApart_byAxisAndExactName() {
    List<TokenGroup> groups =
        List.of(
            TokenGroup.WHOLE_REALM,
            ANONYMOUS,
            TokenGroup.ofSubject("a"),
            TokenGroup.ofSubject("A"),
            TokenGroup.ofSubject("a "),
            TokenGroup.ofSubject("é\0".repeat(85)),
            TokenGroup.ofApplication("a"),
            TokenGroup.ofModule(7),
            TokenGroup.ofKind("a"));
    List<GroupEnd> ends = groups.stream().map(this::end).toList();

    assertThat(epochs.since(realm, 0)).isEqualTo(ends);
  }

  @Test
  void end_isAuditedAndHasARevision() throws Exception {
    epochs.end(realm, TokenGroup.WHOLE_REALM, NOW, ACTOR);
    epochs.end(realm, TokenGroup.ofModule(7), NOW, ACTOR);
    epochs.end(realm, TokenGroup.ofSubject("é".repeat(100)), LATER, ACTOR);

    assertThat(store().audit())
        .containsExactly(
            new AuditRecord(NOW, ACTOR, "RevokeTokens", "default", "realm"),
            new AuditRecord(NOW, ACTOR, "RevokeTokens", "default", "module 7"),
            new AuditRecord(LATER, ACTOR, "RevokeTokens", "default", "subject " + "é".repeat(28)));
    assertThat(store().epochRevisions()).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void end_givesEachANumberOfItsOwn_whenManyEndAtOnce() throws Exception {
    List<Race.Outcome<Integer>> ended =
        Race.run(16, n -> () -> end(n % 2 == 0 ? ALICE : TokenGroup.ofSubject("s" + n)).epoch());

    assertThat(ended)
        .extracting(Race.Outcome::value)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 16).boxed().toList());
    List<GroupEnd> kept = epochs.since(realm, 0);
    assertThat(kept).hasSize(9).isSortedAccordingTo((a, b) -> a.epoch() - b.epoch());
    assertThat(kept.get(8).epoch()).isEqualTo(16);
  }

  // Issue.

  @Test
  void insert_isOfTheRealmsCurrentEpoch() throws Exception {
    insert(token(1, "A", "alice"));
    end(ALICE);
    epochs.end(other, ALICE, NOW, ACTOR);
    end(TokenGroup.ofKind("none"));
    insert(token(2, "B", "alice"));
    Token partner = token(3, 3, "C", "alice");
    store()
        .tokenWriter()
        .insertPair(partner, refresh(4, partner, "R"), false, Optional.empty(), ACTOR);

    assertThat(row(1).epoch()).isZero();
    assertThat(row(2).epoch()).isEqualTo(2);
    assertThat(row(3).epoch()).isEqualTo(2);
    assertThat(row(4).epoch()).isEqualTo(2);
    assertThat(row(4).renewedKind()).isEqualTo("access");
    assertThat(row(3).renewedKind()).isEmpty();
  }

  static List<TokenGroup> groupsOfTheSample() {
    return List.of(
        TokenGroup.WHOLE_REALM,
        ALICE,
        TokenGroup.ofApplication("app"),
        TokenGroup.ofKind("access"));
  }

  @ParameterizedTest
  @MethodSource("groupsOfTheSample")
  void insert_takesTheCodeOfOneThatWasEndedWithItsGroup(TokenGroup group) throws Exception {
    insert(token(1, "A", "alice"));
    end(group);

    insert(token(2, "A", "alice"));

    assertThat(row(1).revokeTime()).contains(NOW);
    assertThat(row(2).isRevoked()).isFalse();
    assertThat(row(2).epoch()).isEqualTo(1);
    assertThat(store().tokenReader().byLookup(row(2).lookup()).orElseThrow().id())
        .isEqualTo(new TokenId(2));
    assertRefused(Refusal.TOKEN_EXISTS, () -> insert(token(3, "A", "alice")));
  }

  @ParameterizedTest
  @MethodSource("groupsOfTheSample")
  void insertPair_takesTheCodesOfOneThatWasEndedWithItsGroup(TokenGroup group) throws Exception {
    Token first = token(1, 1, "A", "alice");
    store().tokenWriter().insertPair(first, refresh(2, first, "R"), true, Optional.empty(), ACTOR);
    end(group);

    Token second = token(3, 3, "A", "alice");
    RefreshRow refresh = refresh(4, second, "R");
    store().tokenWriter().insertPair(second, refresh, true, Optional.empty(), ACTOR);

    assertThat(row(2).revokeTime()).contains(NOW);
    assertThat(row(4).isRevoked()).isFalse();
    assertThat(row(4).epoch()).isEqualTo(1);
    Token third = token(5, 5, "B", "alice");
    assertRefused(
        Refusal.TOKEN_EXISTS,
        () ->
            store()
                .tokenWriter()
                .insertPair(third, refresh(6, third, "R"), true, Optional.empty(), ACTOR));
  }

  @Test
  void insert_doesNotTakeTheCodeOfOneThatIsAlive() throws Exception {
    end(ALICE);
    insert(token(1, "A", "alice"));
    end(TokenGroup.ofSubject("bob"));
    end(TokenGroup.ofApplication("other"));
    end(TokenGroup.ofModule(1));
    end(TokenGroup.ofKind("refresh"));
    epochs.end(other, TokenGroup.WHOLE_REALM, NOW, ACTOR);

    assertRefused(Refusal.TOKEN_EXISTS, () -> insert(token(2, "A", "bob")));
    assertThat(row(1).isRevoked()).isFalse();
  }

  @Test
  void insert_ofOneEndedCode_byManyAtOnce_letsOneHaveIt() throws Exception {
    insert(token(1, "A", "alice"));
    end(ALICE);

    List<Race.Outcome<Token>> made = Race.run(8, n -> () -> insert(token(10 + n, "A", "alice")));

    assertThat(made).filteredOn(Race.Outcome::isWon).hasSize(1);
    assertThat(made)
        .filteredOn(each -> !each.isWon())
        .allSatisfy(
            each ->
                assertThat(each.thrown())
                    .asInstanceOf(type(RefusedException.class))
                    .extracting(RefusedException::refusal)
                    .isEqualTo(Refusal.TOKEN_EXISTS));
  }

  // Refresh.

  @Test
  void rotate_keepsTheEpoch_ofWhatItTakesThePlaceOf() throws Exception {
    Token old = insert(token(1, 1, "A", "alice"));
    Token partner = token(2, 2, "C", "alice");
    RefreshRow refresh = refresh(3, partner, "R");
    store().tokenWriter().insertPair(partner, refresh, false, Optional.empty(), ACTOR);
    end(ALICE);

    // As somebody does it who read the rows before the end.
    assertThat(rotate(old, token(4, 1, "B", "alice"))).isEqualTo(Outcome.DONE);
    RefreshRow next = refresh(5, partner, "S");
    assertThat(
            store()
                .tokenFamilies()
                .rotate(
                    new Rotation(
                        refresh.token(),
                        next.token(),
                        Optional.of(new Rotation.Pair(partner, next.sealedPartner())),
                        Optional.empty(),
                        false,
                        NOW),
                    ACTOR,
                    key -> {}))
        .isEqualTo(Outcome.DONE);

    for (long id : new long[] {2, 4, 5}) {
      assertThat(row(id).epoch()).as("%d", id).isZero();
    }
  }

  @Test
  void find_saysThatAFamilyIsDead_whenItsTokensWereEndedWithTheirGroup() throws Exception {
    Token old = insert(token(1, 1, "A", "alice"));
    Token partner = token(2, 2, "C", "bob");
    RefreshRow refresh = refresh(3, partner, "R");
    store().tokenWriter().insertPair(partner, refresh, false, Optional.empty(), ACTOR);

    end(ALICE);
    assertThat(isFamilyLive(old)).isFalse();
    assertThat(isFamilyLive(refresh.token())).isTrue();
    // The token's kind, not the refresh secret's own.
    end(TokenGroup.ofKind("access"));
    assertThat(isFamilyLive(refresh.token())).isFalse();
  }

  // Bind.

  @Test
  void bind_movesIntoTheCurrentEpoch_withTheFamily() throws Exception {
    insert(token(1, 1, "A", ""));
    insert(token(2, 1, "B", ""));
    end(ALICE);
    end(TokenGroup.ofKind("none"));

    assertThat(bind(1).orElseThrow().epoch()).isEqualTo(2);
    assertThat(row(1).epoch()).isEqualTo(2);
    assertThat(row(2).epoch()).isEqualTo(2);
    assertThat(row(2).subject()).isEqualTo("alice");
  }

  @Test
  void bind_ofOneThatWasEndedWithItsGroup_isRefused() throws Exception {
    insert(token(1, "A", ""));
    end(ANONYMOUS);

    assertRefused(Refusal.TOKEN_INACTIVE, () -> bind(1));
    assertThat(row(1).subject()).isEmpty();
    assertThat(row(1).epoch()).isZero();
  }

  @Test
  void bind_leavesThoseOfTheFamily_thatWereEndedWithTheirGroup() throws Exception {
    Token partner = token(1, 1, "A", "");
    RefreshRow refresh = refresh(2, partner, "R");
    store().tokenWriter().insertPair(partner, refresh, false, Optional.empty(), ACTOR);
    end(TokenGroup.ofKind("refresh"));

    bind(1);

    assertThat(row(1).epoch()).isEqualTo(1);
    assertThat(row(2).epoch()).isZero();
    assertThat(row(2).subject()).isEmpty();
  }

  /** Either the bind came first, and the token is alice's; or the end, and it is nobody's. */
  @Test
  void bind_andTheEndOfAnonymousTokens_followOneAnother() throws Exception {
    for (int round = 1; round <= 50; round++) {
      long id = round;
      insert(token(id, "A" + round, ""));
      List<Race.Outcome<Integer>> made =
          Race.run(
              2,
              n ->
                  () -> n == 0 ? end(ANONYMOUS).epoch() : bind(id).map(Token::epoch).orElseThrow());
      int end = made.get(0).value();
      if (made.get(1).isWon()) {
        assertThat(row(id).epoch()).isEqualTo(end - 1);
        assertThat(row(id).subject()).isEqualTo("alice");
      } else {
        assertThat(row(id).epoch()).isLessThan(end);
        assertThat(row(id).subject()).isEmpty();
      }
    }
  }

  // Tokens of original servers.

  @Test
  void adopt_refusesWhatWasIssuedUntilItsGroupWasEnded() throws Exception {
    store().putAccount(realm, 5, AccountState.ACTIVE);
    int key =
        store()
            .signingKeys()
            .add(
                new NewKey(
                    realm, "web", Algorithm.HS256, new byte[8], new byte[32], Optional.empty()),
                NOW,
                ACTOR)
            .id();
    end(TokenGroup.ofSubject("5"));
    end(TokenGroup.ofSubject("6"));

    assertThat(adopt(1, "A", key, NOW.minusSeconds(1))).isEmpty();
    assertThat(adopt(2, "B", key, NOW)).isEmpty();
    Token adopted = adopt(3, "C", key, NOW.plusSeconds(1)).orElseThrow();
    assertThat(adopted.epoch()).isEqualTo(2);
    assertThat(row(3).epoch()).isEqualTo(2);

    epochs.end(realm, TokenGroup.WHOLE_REALM, LATER, ACTOR);
    assertThat(adopt(4, "D", key, LATER)).isEmpty();
    assertThat(adopt(5, "E", key, LATER.plusSeconds(1))).isPresent();
    // What was taken over before is answered as its row is.
    assertThat(adopt(6, "C", key, NOW.plusSeconds(1)).orElseThrow().epoch()).isEqualTo(2);
  }

  private Optional<Token> adopt(long id, String secret, int key, Instant issueTime)
      throws Exception {
    Token token =
        Token.of(
            Samples.lookup(realm, secret),
            new TokenId(id),
            realm,
            new Token.Attributes(
                "access",
                "5",
                Scopes.NONE,
                "",
                Optional.empty(),
                Optional.empty(),
                new Ties("web", new AccountId(5), null, key)),
            issueTime,
            Optional.empty());
    return store().foreignTokens().adopt(token, "web", "jti" + id, NOW, ACTOR);
  }

  // Helpers.

  private GroupEnd end(TokenGroup group) {
    return epochs.end(realm, group, NOW, ACTOR);
  }

  private Token insert(Token token) throws Exception {
    store().tokenWriter().insert(token, true, Optional.empty(), ACTOR);
    return token;
  }

  private Outcome rotate(Token old, Token next) throws Exception {
    return store()
        .tokenFamilies()
        .rotate(
            new Rotation(old, next, Optional.empty(), Optional.empty(), false, NOW),
            ACTOR,
            key -> {});
  }

  private Optional<Token> bind(long id) throws Exception {
    return store().tokenFamilies().bind(realm, new TokenId(id), TO_ALICE, NOW, ACTOR, key -> {});
  }

  private boolean isFamilyLive(Token token) throws Exception {
    return store().tokenFamilies().find(token.lookup()).orElseThrow().isFamilyLive();
  }

  private Token row(long id) throws Exception {
    return store().tokenReader().byId(realm, new TokenId(id)).orElseThrow();
  }

  private Token token(long id, String secret, String subject) {
    return token(id, subject, secret, Ties.NONE);
  }

  private Token token(long id, long family, String secret, String subject) {
    return token(
        id, subject, secret, new Ties("", null, new Ties.Family(new TokenId(family), LATER), 0));
  }

  private Token token(long id, String subject, String secret, Ties ties) {
    return Samples.token(
        realm,
        id,
        secret,
        new Token.Attributes(
            "access", subject, Scopes.NONE, "app", Optional.empty(), Optional.empty(), ties));
  }

  private RefreshRow refresh(long id, Token partner, String secret) {
    Token.Attributes of = partner.attributes();
    Token token =
        Token.of(
                Lookups.ofRefresh(realm.name(), secret),
                new TokenId(id),
                realm,
                new Token.Attributes(
                    "refresh",
                    of.subject(),
                    of.scopes(),
                    of.appId(),
                    of.name(),
                    Optional.of(LATER),
                    of.ties()),
                NOW,
                Optional.empty())
            .renewing(partner.kind());
    return new RefreshRow(token, partner.id(), new byte[] {1});
  }

  private static void assertRefused(Refusal refusal, ThrowingCallable call) {
    assertThatThrownBy(call)
        .asInstanceOf(type(RefusedException.class))
        .extracting(RefusedException::refusal)
        .isEqualTo(refusal);
  }
}
