package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.jeton.server.crypto.Lookups;
import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountChange;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.Algorithm;
import io.jeton.server.domain.Binding;
import io.jeton.server.domain.FamilyMember;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.NewAccount;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefreshRow;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Rotation;
import io.jeton.server.domain.Rotation.Answer;
import io.jeton.server.domain.Rotation.Outcome;
import io.jeton.server.domain.Rotation.Pair;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.SigningKeyStore.NewKey;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import io.jeton.server.domain.TokenWriter.DuplicateRequestException;
import io.jeton.server.domain.TokenWriter.RememberedRequest;
import io.jeton.server.domain.TokenWriter.Revocation;
import io.jeton.server.storage.Samples.Facts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code TokenFamilies} promises, and {@code TokenWriter} about families. */
abstract class FamilyStoreContract {
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Instant FAMILY_END = NOW.plusSeconds(1_000);
  private static final byte[] ANSWER = {4, 0, -7};
  private static final byte[] PARTNER = {5, 0, -1};
  private static final Binding ALICE = Binding.to("alice", Scopes.of(List.of("a", "b")));

  private static final AccountChange BAN =
      new AccountChange(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(true),
          Optional.empty());

  private final Set<Lookup> touched = new HashSet<>();
  private Realm realm;

  /** A store without a row. */
  abstract StoreUnderTest store() throws Exception;

  @BeforeEach
  void makeRealm() throws Exception {
    store().realms().ensure(Samples.realm("default"), NOW);
    store().realms().ensure(Samples.realm("other"), NOW);
    realm = realm("default");
  }

  // Pairs.

  @Test
  void insertPair_addsBoth_eachFoundInItsScopeAlone() throws Exception {
    Token token = member(1, 1, "A", "alice");
    RefreshRow refresh = refresh(2, token, "R");
    insertPair(token, refresh, Optional.empty());

    FamilyMember foundToken = find(token.lookup());
    assertThat(Facts.of(foundToken.token())).isEqualTo(Facts.of(token));
    assertThat(foundToken.partner()).isEmpty();
    assertThat(foundToken.isFamilyLive()).isTrue();
    FamilyMember foundRefresh = find(refresh.token().lookup());
    assertThat(Facts.of(foundRefresh.token())).isEqualTo(Facts.of(refresh.token()));
    assertThat(foundRefresh.partner()).contains(token.id());
    assertThat(foundRefresh.sealedPartner().orElseThrow()).isEqualTo(PARTNER);
    assertThat(foundRefresh.spentTime()).isEmpty();
    assertThat(foundRefresh.isFamilyLive()).isTrue();
    assertThat(store().tokenFamilies().find(Lookups.ofRefresh(realm.name(), "A"))).isEmpty();
    assertThat(store().tokenFamilies().find(Lookups.ofToken(realm.name(), "R"))).isEmpty();
    assertThat(renewer(token)).contains(refresh.token().id());
    assertThat(store().audit()).extracting(AuditRecord::action).containsExactly("IssueToken");
  }

  @Test
  void insertPair_leavesNothingBehind_whenTheSecondRowIsRefused() throws Exception {
    Token first = member(1, 1, "A", "alice");
    insertPair(first, refresh(2, first, "R"), Optional.empty());
    Token second = member(3, 3, "B", "alice");
    RememberedRequest request = Samples.request(7, "r", LATER);

    assertRefused(
        Refusal.TOKEN_EXISTS,
        () -> insertPair(second, refresh(4, second, "R"), Optional.of(request)));
    assertThatThrownBy(() -> insertPair(second, refresh(2, second, "S"), Optional.of(request)))
        .isInstanceOf(DuplicateIdException.class);

    assertThat(store().tokenFamilies().find(second.lookup())).isEmpty();
    assertThat(store().tokenWriter().remembered(request.key(), NOW)).isEmpty();
    assertThat(store().audit()).hasSize(1);
    assertThat(store().revisions()).isEmpty();
  }

  @Test
  void insertPair_refusesRememberedRequest() throws Exception {
    RememberedRequest request = Samples.request(7, "r", LATER);
    Token first = member(1, 1, "A", "alice");
    insertPair(first, refresh(2, first, "R"), Optional.of(request));
    Token second = member(3, 3, "B", "alice");

    assertThatThrownBy(() -> insertPair(second, refresh(4, second, "S"), Optional.of(request)))
        .isInstanceOf(DuplicateRequestException.class);
    assertThat(store().tokenFamilies().find(second.lookup())).isEmpty();
  }

  @Test
  void renewer_isNobody_ofATokenThatRefreshesItself() throws Exception {
    assertThat(renewer(insert(member(1, 1, "A", "")))).isEmpty();
    assertThat(renewer(insert(Samples.token(realm, 2, "B")))).isEmpty();
  }

  @Test
  void findEither_takesTheFirstKey_evenIfItsMemberHasEnded_andThenTheSecond() throws Exception {
    Token token = member(1, 1, "same", "alice");
    RefreshRow refresh = refresh(2, token, "same");
    Lookup asRefresh = refresh.token().lookup();
    assertThat(store().tokenFamilies().findEither(asRefresh, token.lookup())).isEmpty();
    insertPair(token, refresh, Optional.empty());

    assertThat(either(asRefresh, token.lookup())).isEqualTo(refresh.token().id());
    assertThat(either(asRefresh, Lookups.ofToken(realm.name(), "other")))
        .isEqualTo(refresh.token().id());
    assertThat(either(Lookups.ofRefresh(realm.name(), "other"), token.lookup()))
        .isEqualTo(token.id());
    store().tokenFamilies().revoke(realm, token.id(), NOW, ACTOR, touched::add);
    assertThat(either(asRefresh, token.lookup())).isEqualTo(refresh.token().id());
    assertThat(either(Lookups.ofRefresh(realm.name(), "other"), token.lookup()))
        .isEqualTo(token.id());

    Token again = insert(member(3, 3, "same", "bob"));
    assertThat(either(asRefresh, token.lookup())).isEqualTo(refresh.token().id());
    assertThat(either(Lookups.ofRefresh(realm.name(), "other"), token.lookup()))
        .isEqualTo(again.id());
  }

  @Test
  void hasRenewer_onlyATokenThatALiveRefreshSecretRenews() throws Exception {
    Token token = member(1, 1, "A", "alice");
    RefreshRow refresh = refresh(2, token, "R");
    insertPair(token, refresh, Optional.empty());
    Token itself = insert(member(3, 3, "B", "alice"));

    assertThat(find(token.lookup()).hasRenewer()).isTrue();
    assertThat(find(refresh.token().lookup()).hasRenewer()).isFalse();
    assertThat(find(itself.lookup()).hasRenewer()).isFalse();
    store().tokenFamilies().revoke(realm, token.id(), NOW, ACTOR, touched::add);
    assertThat(find(token.lookup()).hasRenewer()).isFalse();
  }

  // Rotating.

  @Test
  void rotate_ofManyFamiliesAtOnce_givesEachWhatIsItsOwn() throws Exception {
    int families = 24;
    for (int round = 0; round < 5; round++) {
      int base = 1 + 100 * round;
      List<Token> olds = new ArrayList<>();
      List<Token> nexts = new ArrayList<>();
      for (int n = 0; n < families; n++) {
        olds.add(insert(member(base + n, base + n, round + " old " + n, "subject " + n)));
        nexts.add(member(base + 50 + n, base + n, round + " next " + n, "subject " + n));
        if (n % 6 == 5) {
          store().tokenFamilies().revoke(realm, olds.get(n).id(), NOW, ACTOR, touched::add);
        }
      }

      List<Race.Outcome<Outcome>> outcomes =
          Race.run(
              families,
              n ->
                  () ->
                      store()
                          .tokenFamilies()
                          .rotate(own(olds.get(n), nexts.get(n), n), ACTOR, key -> {}));

      for (int n = 0; n < families; n++) {
        boolean isDone = n % 6 != 5;
        assertThat(outcomes.get(n).value()).isEqualTo(isDone ? Outcome.DONE : Outcome.LOST);
        assertThat(store().tokenFamilies().find(nexts.get(n).lookup()).isPresent())
            .isEqualTo(isDone);
        if (isDone) {
          FamilyMember spent = find(olds.get(n).lookup());
          assertThat(spent.spentTime()).contains(NOW.plusSeconds(n));
          assertThat(spent.token().revokeTime()).contains(NOW.plusSeconds(n));
          assertThat(spent.sealEnd()).contains(LATER.plusSeconds(n));
          assertThat(spent.sealedAnswer().orElseThrow()).containsExactly(7, n);
          FamilyMember next = find(nexts.get(n).lookup());
          assertThat(Facts.of(next.token())).isEqualTo(Facts.of(nexts.get(n)));
          assertThat(next.isFamilyLive()).isTrue();
        }
      }
    }
    int done = 5 * families * 5 / 6;
    assertThat(store().audit()).filteredOn(r -> r.action().equals("RefreshToken")).hasSize(done);
    assertThat(store().revisions()).hasSize(5 * families);
  }

  @Test
  void rotate_ofItself_endsTheOld_andAddsTheNext() throws Exception {
    Token old = insert(member(1, 1, "A", "alice"));
    Token next = member(2, 1, "B", "alice");

    assertThat(rotate(itself(old, next, Optional.of(LATER)))).isEqualTo(Outcome.DONE);

    FamilyMember spent = find(old.lookup());
    assertThat(spent.token().revokeTime()).contains(NOW);
    assertThat(spent.spentTime()).contains(NOW);
    assertThat(spent.sealedAnswer().orElseThrow()).isEqualTo(ANSWER);
    assertThat(spent.sealEnd()).contains(LATER);
    assertThat(spent.isFamilyLive()).isTrue();
    assertThat(Facts.of(find(next.lookup()).token())).isEqualTo(Facts.of(next));
    assertThat(store().revisions()).containsExactly(old.lookup());
    assertThat(touched).containsExactlyInAnyOrder(old.lookup(), next.lookup());
    assertThat(store().audit().get(1))
        .isEqualTo(new AuditRecord(NOW, ACTOR, "RefreshToken", "default", "2"));
  }

  @Test
  void rotate_withoutGrace_keepsNoAnswer() throws Exception {
    Token old = insert(member(1, 1, "A", "alice"));
    rotate(itself(old, member(2, 1, "B", "alice"), Optional.empty()));

    assertThat(find(old.lookup()).sealedAnswer()).isEmpty();
    assertThat(find(old.lookup()).sealEnd()).isEmpty();
    assertThat(find(old.lookup()).spentTime()).contains(NOW);
  }

  @Test
  void rotate_ofGuessableNext_hasARevisionOfIt() throws Exception {
    Token old = insert(member(1, 1, "A", "alice"));
    Token next = member(2, 1, "B", "alice");
    rotate(new Rotation(old, next, Optional.empty(), Optional.empty(), true, NOW));

    assertThat(store().revisions()).containsExactlyInAnyOrder(old.lookup(), next.lookup());
  }

  @Test
  void rotate_ofAPair_replacesTheRefreshSecret_andMovesTheTokensEnd() throws Exception {
    Token token = member(1, 1, "A", "alice");
    RefreshRow refresh = refresh(2, token, "R");
    insertPair(token, refresh, Optional.empty());
    Token extended = until(token, LATER);
    RefreshRow next = refresh(3, token, "S");

    assertThat(rotate(pair(refresh, extended, next, refresh.token().id()))).isEqualTo(Outcome.DONE);

    assertThat(find(token.lookup()).token().expireTime()).contains(LATER);
    assertThat(find(token.lookup()).token().isRevoked()).isFalse();
    assertThat(find(token.lookup()).sealedAnswer()).isEmpty();
    FamilyMember spent = find(refresh.token().lookup());
    assertThat(spent.spentTime()).contains(NOW);
    assertThat(spent.sealedPartner()).isEmpty();
    assertThat(spent.sealedAnswer().orElseThrow()).isEqualTo(ANSWER);
    FamilyMember live = find(next.token().lookup());
    assertThat(live.partner()).contains(token.id());
    assertThat(live.sealedPartner().orElseThrow()).isEqualTo(PARTNER);
    assertThat(renewer(token)).contains(next.token().id());
    assertThat(store().revisions())
        .containsExactlyInAnyOrder(refresh.token().lookup(), token.lookup());
    assertThat(touched).contains(refresh.token().lookup(), token.lookup());
  }

  @Test
  void rotate_byThePairsToken_keepsTheAnswerWithIt() throws Exception {
    Token token = member(1, 1, "A", "alice");
    RefreshRow refresh = refresh(2, token, "R");
    insertPair(token, refresh, Optional.empty());

    rotate(pair(refresh, token, refresh(3, token, "S"), token.id()));

    assertThat(find(token.lookup()).sealedAnswer().orElseThrow()).isEqualTo(ANSWER);
    assertThat(find(token.lookup()).sealEnd()).contains(LATER);
    assertThat(find(token.lookup()).spentTime()).isEmpty();
    assertThat(find(refresh.token().lookup()).sealedAnswer()).isEmpty();
    // Presenting it is no reuse yet.
    assertThat(find(refresh.token().lookup()).sealEnd()).contains(LATER);
  }

  @Test
  void rotate_ofAPair_erasesTheAnswerThatItsTokenWasOwed() throws Exception {
    for (boolean isByToken : new boolean[] {true, false}) {
      int base = isByToken ? 10 : 20;
      Token token = member(base, base, "A" + base, "alice");
      RefreshRow refresh = refresh(base + 1, token, "R" + base);
      insertPair(token, refresh, Optional.empty());
      RefreshRow next = refresh(base + 2, token, "S" + base);
      rotate(pair(refresh, token, next, token.id()));
      assertThat(find(token.lookup()).sealedAnswer()).isPresent();
      RefreshRow last = refresh(base + 3, token, "T" + base);

      rotate(
          isByToken
              ? new Rotation(
                  next.token(),
                  last.token(),
                  Optional.of(new Pair(token, PARTNER)),
                  Optional.empty(),
                  false,
                  NOW)
              : pair(next, token, last, next.token().id()));

      assertThat(find(token.lookup()).sealedAnswer()).isEmpty();
      assertThat(find(token.lookup()).sealEnd()).isEmpty();
    }
  }

  @Test
  void end_erasesWhatIsSealed_whetherByABanOrARevocation() throws Exception {
    AccountId account = new AccountId(77);
    store()
        .accounts()
        .create(
            realm,
            new NewAccount(
                Optional.of(account),
                new Account.Names(
                    Optional.of("a"), Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                false,
                false,
                "{}"),
            NOW,
            ACTOR);
    for (int base : new int[] {10, 20}) {
      Token token = member(base, base, "A" + base, "77", account);
      RefreshRow refresh = refresh(base + 1, token, "R" + base);
      insertPair(token, refresh, Optional.empty());
      rotate(pair(refresh, token, refresh(base + 2, token, "S" + base), token.id()));
    }

    revoke(10, NOW);
    store().accounts().update(realm, AccountRef.of(account), BAN, NOW, ACTOR, key -> {});

    for (int base : new int[] {10, 20}) {
      for (Lookup ended :
          List.of(Samples.lookup(realm, "A" + base), Lookups.ofRefresh(realm.name(), "S" + base))) {
        FamilyMember member = find(ended);
        assertThat(member.token().isRevoked()).isTrue();
        assertThat(member.sealedPartner()).isEmpty();
        assertThat(member.sealedAnswer()).isEmpty();
        assertThat(member.sealEnd()).isEmpty();
      }
    }
  }

  @Test
  void rotate_isLost_whenTheRowIsSpent_andChangesNothing() throws Exception {
    Token old = insert(member(1, 1, "A", "alice"));
    rotate(itself(old, member(2, 1, "B", "alice"), Optional.of(LATER)));
    int audited = store().audit().size();

    assertThat(rotate(itself(old, member(3, 1, "C", "alice"), Optional.empty())))
        .isEqualTo(Outcome.LOST);

    assertThat(store().tokenFamilies().find(Samples.lookup(realm, "C"))).isEmpty();
    assertThat(find(old.lookup()).sealedAnswer().orElseThrow()).isEqualTo(ANSWER);
    assertThat(store().audit()).hasSize(audited);
  }

  @Test
  void rotate_isLost_whenTheRowWasBoundMeanwhile() throws Exception {
    Token old = insert(member(1, 1, "A", ""));
    bind(1, ALICE);

    assertThat(rotate(itself(old, member(2, 1, "B", ""), Optional.empty())))
        .isEqualTo(Outcome.LOST);
    assertThat(find(old.lookup()).token().isRevoked()).isFalse();
  }

  @Test
  void rotate_ofAPairWhoseTokenHasEnded_changesNothing() throws Exception {
    Token token = member(1, 1, "A", "alice");
    RefreshRow refresh = refresh(2, token, "R");
    insertPair(token, refresh, Optional.empty());
    endAlone(token);

    assertThat(rotate(pair(refresh, token, refresh(3, token, "S"), refresh.token().id())))
        .isEqualTo(Outcome.ENDED);

    assertThat(find(refresh.token().lookup()).spentTime()).isEmpty();
    assertThat(find(refresh.token().lookup()).isFamilyLive()).isFalse();
    assertThat(store().tokenFamilies().find(Lookups.ofRefresh(realm.name(), "S"))).isEmpty();
  }

  @Test
  void rotate_leavesNothingBehind_whenTheNextRowIsRefused() throws Exception {
    Token token = member(1, 1, "A", "alice");
    RefreshRow refresh = refresh(2, token, "R");
    insertPair(token, refresh, Optional.empty());
    Token foreign = member(4, 4, "B", "alice");
    insertPair(foreign, refresh(5, foreign, "S"), Optional.empty());
    Token extended = until(token, LATER);

    assertRefused(
        Refusal.TOKEN_EXISTS,
        () -> rotate(pair(refresh, extended, refresh(6, token, "S"), refresh.token().id())));
    assertThatThrownBy(
            () -> rotate(pair(refresh, extended, refresh(5, token, "T"), refresh.token().id())))
        .isInstanceOf(DuplicateIdException.class);

    assertThat(find(refresh.token().lookup()).spentTime()).isEmpty();
    assertThat(find(refresh.token().lookup()).sealedPartner()).isPresent();
    assertThat(find(token.lookup()).token().expireTime()).isEmpty();
    assertThat(renewer(token)).contains(refresh.token().id());
    assertThat(store().revisions()).isEmpty();
    assertThat(store().audit()).hasSize(2);
  }

  @Test
  void rotate_isDoneOnce_by32Threads() throws Exception {
    for (int round = 0; round < 20; round++) {
      int base = 100 * round + 1;
      Token old = insert(member(base, base, "A" + round, "alice"));

      List<Race.Outcome<Outcome>> outcomes =
          Race.run(
              32,
              n ->
                  () ->
                      store()
                          .tokenFamilies()
                          .rotate(
                              itself(
                                  old,
                                  member(base + 1 + n, base, "N" + base + "-" + n, "alice"),
                                  Optional.of(LATER)),
                              ACTOR,
                              key -> {}));

      assertThat(outcomes).allMatch(Race.Outcome::isWon);
      assertThat(outcomes).extracting(Race.Outcome::value).containsOnlyOnce(Outcome.DONE);
      assertThat(outcomes).extracting(Race.Outcome::value).contains(Outcome.LOST);
      assertThat(live(base)).hasSize(1);
    }
  }

  // Signed tokens, which whoever signs the same again makes again.

  @Test
  void signed_isNeverLiveAgain_byARotationOrAnInsert() throws Exception {
    Token a = insert(signed(1, 1, "A"));
    assertRefused(
        Refusal.TOKEN_EXISTS, () -> rotate(itself(a, signed(2, 1, "A"), Optional.empty())));
    assertThat(find(a.lookup()).token().isRevoked()).isFalse();
    Token b = signed(3, 1, "B");
    assertThat(rotate(itself(a, b, Optional.empty()))).isEqualTo(Outcome.DONE);
    int audited = store().audit().size();

    assertRefused(
        Refusal.TOKEN_EXISTS, () -> rotate(itself(b, signed(4, 1, "A"), Optional.empty())));
    assertRefused(Refusal.TOKEN_EXISTS, () -> insert(signed(5, 5, "A")));
    revoke(3, NOW);
    assertRefused(Refusal.TOKEN_EXISTS, () -> insert(signed(6, 6, "B")));

    assertThat(find(a.lookup()).token().isRevoked()).isTrue();
    assertThat(find(b.lookup()).token().isRevoked()).isTrue();
    assertThat(store().audit()).hasSize(audited + 1);
    // A code that a caller chose may be used again.
    insert(Samples.token(realm, 7, "A"));
    assertThat(find(a.lookup()).token().isRevoked()).isFalse();
  }

  @Test
  void signed_livesOnce_when16FamiliesRotateToTheSame_andAwayFromIt() throws Exception {
    for (int round = 0; round < 10; round++) {
      int base = 1_000 * (round + 1);
      String same = "S" + round;
      List<Token> olds = new ArrayList<>();
      for (int n = 0; n < 16; n++) {
        olds.add(insert(signed(base + n, base + n, "A" + base + "-" + n)));
      }

      List<Race.Outcome<Outcome>> outcomes =
          Race.run(16, n -> () -> thereAndAway(olds.get(n), base + n, same));

      assertThat(outcomes).filteredOn(Race.Outcome::isWon).hasSize(1);
      assertThat(outcomes)
          .filteredOn(each -> !each.isWon())
          .allSatisfy(each -> assertThat(each.thrown()).hasMessage("TOKEN_EXISTS"));
      assertThat(find(Samples.lookup(realm, same)).token().isRevoked()).isTrue();
    }
  }

  private Outcome thereAndAway(Token old, int family, String same) throws Exception {
    Token there = signed(family + 100, family, same);
    assertThat(rotateQuietly(itself(old, there, Optional.empty()))).isEqualTo(Outcome.DONE);
    Token away = signed(family + 200, family, "B" + family);
    return rotateQuietly(itself(there, away, Optional.empty()));
  }

  private Token signed(long id, long family, String secret) throws Exception {
    Token token = member(id, family, secret, "alice");
    Token.Attributes old = token.attributes();
    Ties ties = old.ties();
    return token.with(
        new Token.Attributes(
            old.kind(),
            old.subject(),
            old.scopes(),
            old.appId(),
            old.name(),
            old.expireTime(),
            new Ties(ties.issuer(), ties.account(), ties.family(), signingKey())));
  }

  private int signingKey() throws Exception {
    // Adding it twice adds one.
    return store()
        .signingKeys()
        .add(
            new NewKey(realm, "web", Algorithm.HS256, PARTNER, new byte[32], Optional.empty()),
            NOW,
            ACTOR)
        .id();
  }

  // Revoking.

  @Test
  void revoke_ofEitherRowOfAPair_endsBoth() throws Exception {
    for (int n : new int[] {1, 2}) {
      int base = 10 * n;
      Token token = member(base + 1, base + 1, "A" + n, "alice");
      RefreshRow refresh = refresh(base + 2, token, "R" + n);
      insertPair(token, refresh, Optional.empty());
      touched.clear();

      Token revoked = revoke(base + n, LATER).orElseThrow().token();

      assertThat(revoked.id()).isEqualTo(new TokenId(base + n));
      assertThat(revoked.revokeTime()).contains(LATER);
      assertThat(find(token.lookup()).token().revokeTime()).contains(LATER);
      assertThat(find(refresh.token().lookup()).token().revokeTime()).contains(LATER);
      assertThat(find(refresh.token().lookup()).sealedPartner()).isEmpty();
      assertThat(find(refresh.token().lookup()).isFamilyLive()).isFalse();
      assertThat(touched).containsExactlyInAnyOrder(token.lookup(), refresh.token().lookup());
    }
    assertThat(store().revisions()).hasSize(4);
    assertThat(store().audit())
        .filteredOn(each -> each.action().equals("RevokeToken"))
        .extracting(AuditRecord::target)
        .containsExactly("11", "22");
  }

  @Test
  void revoke_ofASpentToken_endsItsFamily_whileItsAnswerIsOwedAlone() throws Exception {
    Token old = insert(member(1, 1, "A", "alice"));
    Token next = member(2, 1, "B", "alice");
    rotate(itself(old, next, Optional.of(LATER)));

    assertThat(revoke(1, LATER).orElseThrow().changed()).isFalse();
    assertThat(find(next.lookup()).token().isRevoked()).isFalse();
    Revocation inGrace = revoke(1, LATER.minusNanos(1_000)).orElseThrow();
    assertThat(inGrace.token().revokeTime()).contains(NOW);
    assertThat(inGrace.changed()).isTrue();
    assertThat(revoke(1, LATER.minusNanos(1_000)).orElseThrow().changed()).isFalse();
    assertThat(find(next.lookup()).token().revokeTime()).contains(LATER.minusNanos(1_000));
  }

  @Test
  void revoke_ofAnOldToken_leavesItsFamily_whenThereWasNoGrace() throws Exception {
    Token old = insert(member(1, 1, "A", "alice"));
    Token next = member(2, 1, "B", "alice");
    rotate(itself(old, next, Optional.empty()));
    int revisions = store().revisions().size();

    assertThat(revoke(1, NOW).orElseThrow().changed()).isFalse();

    assertThat(find(next.lookup()).token().isRevoked()).isFalse();
    assertThat(store().revisions()).hasSize(revisions);
  }

  @Test
  void revokeFamily_endsItsLiveRows_onceAndNoOthers() throws Exception {
    Token old = insert(member(1, 1, "A", "alice"));
    Token next = member(2, 1, "B", "alice");
    rotate(itself(old, next, Optional.of(LATER)));
    Token foreign = insert(member(3, 3, "C", "alice"));
    touched.clear();

    for (Instant at : List.of(LATER, LATER.plusSeconds(1))) {
      store().tokenFamilies().revoke(realm, new TokenId(1), at, ACTOR, touched::add);
    }

    assertThat(find(next.lookup()).token().revokeTime()).contains(LATER);
    assertThat(find(old.lookup()).token().revokeTime()).contains(NOW);
    assertThat(find(old.lookup()).isFamilyLive()).isFalse();
    assertThat(find(foreign.lookup()).token().isRevoked()).isFalse();
    assertThat(touched).containsExactly(next.lookup());
    assertThat(store().audit())
        .filteredOn(each -> each.action().equals("RevokeFamily"))
        .containsExactly(new AuditRecord(LATER, ACTOR, "RevokeFamily", "default", "1"));
  }

  // Binding.

  @Test
  void bind_givesSubjectAndScopes_toEveryLiveRowOfTheFamily() throws Exception {
    Token token = member(1, 1, "A", "");
    RefreshRow refresh = refresh(2, token, "R");
    insertPair(token, refresh, Optional.empty());
    rotate(pair(refresh, token, refresh(3, token, "S"), refresh.token().id()));
    touched.clear();
    int revisions = store().revisions().size();

    Token bound = bind(1, ALICE).orElseThrow();

    assertThat(bound.subject()).isEqualTo("alice");
    assertThat(bound.scopes().words()).containsExactly("a", "b");
    Token read = find(token.lookup()).token();
    assertThat(Facts.of(read)).isEqualTo(Facts.of(bound));
    Token live = find(Lookups.ofRefresh(realm.name(), "S")).token();
    assertThat(live.subject()).isEqualTo("alice");
    assertThat(live.scopes().words()).containsExactly("a", "b");
    assertThat(find(refresh.token().lookup()).token().subject()).isEmpty();
    assertThat(touched).containsExactlyInAnyOrder(token.lookup(), live.lookup());
    assertThat(store().revisions()).hasSize(revisions + 2);
    assertThat(store().audit())
        .last()
        .isEqualTo(new AuditRecord(NOW, ACTOR, "BindToken", "default", "1"));
  }

  @Test
  void bind_toTheSameAgain_changesNothing_andToAnotherIsRefused() throws Exception {
    insert(Samples.token(realm, 1, "A", ""));
    bind(1, ALICE);
    int audited = store().audit().size();

    assertThat(bind(1, ALICE).orElseThrow().subject()).isEqualTo("alice");
    assertRefused(Refusal.TOKEN_BOUND, () -> bind(1, Binding.to("bob", ALICE.scopes())));
    assertRefused(Refusal.TOKEN_BOUND, () -> bind(1, Binding.to("alice", Scopes.NONE)));
    assertThat(store().audit()).hasSize(audited);
    assertThat(store().revisions()).hasSize(1);
  }

  @Test
  void bind_refusesTokens_thatAreRevokedOrExpired() throws Exception {
    Token token = Samples.token(realm, 1, "A", "");
    insert(until(token, NOW.plusNanos(1_000)));
    insert(until(Samples.token(realm, 2, "B", ""), NOW));
    insert(Samples.token(realm, 3, "C", ""));
    revoke(3, NOW);

    assertThat(bind(1, ALICE)).isPresent();
    assertRefused(Refusal.TOKEN_INACTIVE, () -> bind(2, ALICE));
    assertRefused(Refusal.TOKEN_INACTIVE, () -> bind(3, ALICE));
    assertThat(bind(4, ALICE)).isEmpty();
    assertThat(
            store()
                .tokenFamilies()
                .bind(realm("other"), new TokenId(1), ALICE, NOW, ACTOR, key -> {}))
        .isEmpty();
  }

  @Test
  void bind_isDoneOnce_by32Threads_toDifferentSubjects() throws Exception {
    for (int round = 0; round < 10; round++) {
      int id = round + 1;
      insert(member(id, id, "A" + round, ""));

      List<Race.Outcome<Optional<Token>>> outcomes =
          Race.run(32, n -> () -> bind(id, Binding.to("s" + n, Scopes.NONE)));

      assertThat(outcomes).filteredOn(Race.Outcome::isWon).hasSize(1);
      assertThat(outcomes)
          .filteredOn(each -> !each.isWon())
          .extracting(Race.Outcome::thrown)
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
          .allSatisfy(
              thrown ->
                  assertThat(thrown)
                      .asInstanceOf(type(RefusedException.class))
                      .extracting(RefusedException::refusal)
                      .isEqualTo(Refusal.TOKEN_BOUND));
    }
  }

  @Test
  void bind_andRefreshAtOnce_neverLeaveAnUnboundSuccessor() throws Exception {
    for (int round = 0; round < 40; round++) {
      int base = 10 * round + 1;
      Token old = insert(member(base, base, "A" + base, ""));
      Token next = member(base + 1, base, "B" + base, "");

      List<Race.Outcome<Object>> outcomes =
          Race.run(
              2,
              n ->
                  () ->
                      n == 0
                          ? rotateQuietly(itself(old, next, Optional.of(LATER)))
                          : bindQuietly(base));

      Outcome rotated = (Outcome) outcomes.get(0).value();
      boolean isBound = (boolean) outcomes.get(1).value();
      // Whichever came first: the bound row cannot be rotated unseen, and what was rotated cannot
      // be bound.
      assertThat(rotated == Outcome.LOST).isEqualTo(isBound);
      assertThat(live(base)).extracting(Token::subject).containsExactly(isBound ? "alice" : "");
    }
  }

  private Outcome rotateQuietly(Rotation rotation) throws Exception {
    return store().tokenFamilies().rotate(rotation, ACTOR, key -> {});
  }

  private boolean bindQuietly(long id) throws Exception {
    try {
      store().tokenFamilies().bind(realm, new TokenId(id), ALICE, NOW, ACTOR, key -> {});
      return true;
    } catch (RefusedException e) {
      assertThat(e.refusal()).isEqualTo(Refusal.TOKEN_INACTIVE);
      return false;
    }
  }

  // Helpers.

  Token member(long id, long family, String secret, String subject) {
    return member(id, family, secret, subject, null);
  }

  Token member(long id, long family, String secret, String subject, AccountId account) {
    return Samples.token(
        realm,
        id,
        secret,
        new Token.Attributes(
            "access",
            subject,
            Scopes.of(List.of("read")),
            "",
            Optional.empty(),
            Optional.empty(),
            new Ties("web", account, new Ties.Family(new TokenId(family), FAMILY_END), 0)));
  }

  RefreshRow refresh(long id, Token partner, String secret) {
    Token token =
        Token.of(
            Lookups.ofRefresh(realm.name(), secret),
            new TokenId(id),
            realm,
            partner.attributes(),
            NOW,
            Optional.empty());
    return new RefreshRow(until(token, FAMILY_END), partner.id(), PARTNER);
  }

  private static Token until(Token token, Instant end) {
    Token.Attributes old = token.attributes();
    return token.with(
        new Token.Attributes(
            old.kind(),
            old.subject(),
            old.scopes(),
            old.appId(),
            old.name(),
            Optional.of(end),
            old.ties()));
  }

  static Rotation itself(Token old, Token next, Optional<Instant> graceEnd) {
    return new Rotation(
        old,
        next,
        Optional.empty(),
        graceEnd.map(end -> new Answer(old.id(), ANSWER, end)),
        false,
        NOW);
  }

  private static Rotation pair(RefreshRow old, Token token, RefreshRow next, TokenId answerRow) {
    return new Rotation(
        old.token(),
        next.token(),
        Optional.of(new Pair(token, next.sealedPartner())),
        Optional.of(new Answer(answerRow, ANSWER, LATER)),
        false,
        NOW);
  }

  Realm realm(String name) throws Exception {
    return store().realms().all().stream()
        .filter(each -> each.name().value().equals(name))
        .findFirst()
        .orElseThrow();
  }

  Token insert(Token token) throws Exception {
    store().tokenWriter().insert(token, false, Optional.empty(), ACTOR);
    return token;
  }

  private void insertPair(Token token, RefreshRow refresh, Optional<RememberedRequest> request)
      throws Exception {
    store().tokenWriter().insertPair(token, refresh, false, request, ACTOR);
  }

  Outcome rotate(Rotation rotation) throws Exception {
    return store().tokenFamilies().rotate(rotation, ACTOR, touched::add);
  }

  private Optional<Revocation> revoke(long id, Instant at) throws Exception {
    return store().tokenWriter().revoke(realm, new TokenId(id), at, ACTOR, touched::add);
  }

  Optional<Token> bind(long id, Binding binding) throws Exception {
    return store().tokenFamilies().bind(realm, new TokenId(id), binding, NOW, ACTOR, touched::add);
  }

  /** A rotation that is told from others by its number. */
  private static Rotation own(Token old, Token next, int n) {
    return new Rotation(
        old,
        next,
        Optional.empty(),
        Optional.of(new Rotation.Answer(old.id(), new byte[] {7, (byte) n}, LATER.plusSeconds(n))),
        false,
        NOW.plusSeconds(n));
  }

  private TokenId either(Lookup first, Lookup second) throws Exception {
    return store().tokenFamilies().findEither(first, second).orElseThrow().token().id();
  }

  FamilyMember find(Lookup lookup) throws Exception {
    return store().tokenFamilies().find(lookup).orElseThrow();
  }

  private Optional<TokenId> renewer(Token token) throws Exception {
    return store().tokenFamilies().renewerOf(token).map(each -> each.token().id());
  }

  private List<Token> live(long family) throws Exception {
    List<Token> live = new ArrayList<>();
    for (Token token :
        store().tokenReader().list(realm, Optional.empty(), Optional.empty(), 10_000)) {
      Ties.Family its = token.ties().family();
      if (its != null && its.id().value() == family) {
        live.add(token);
      }
    }
    return live;
  }

  /** Ends one row and leaves its family, as nothing of the port does. */
  abstract void endAlone(Token token) throws Exception;

  static void assertRefused(Refusal refusal, ThrowingCallable call) {
    assertThatThrownBy(call)
        .asInstanceOf(type(RefusedException.class))
        .extracting(RefusedException::refusal)
        .isEqualTo(refusal);
  }
}
