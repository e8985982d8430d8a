package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Additions;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.SecretSource;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenReader.Filter;
import io.jeton.server.domain.TokenReader.Position;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import io.jeton.server.domain.TokenWriter.DuplicateRequestException;
import io.jeton.server.domain.TokenWriter.RememberedRequest;
import io.jeton.server.storage.Samples.Facts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code TokenLookup}, {@code TokenReader} and {@code TokenWriter} promise. */
abstract class TokenStoreContract {
  private static final String EMOJI = "\uD83D\uDE00";

  private Realm realm;
  private Realm other;

  /** A store without a row. */
  abstract StoreUnderTest store() throws Exception;

  @BeforeEach
  void makeRealms() throws Exception {
    store().realms().ensure(Samples.realm("default"), NOW);
    store().realms().ensure(Samples.realm("other"), NOW);
    realm = realm("default");
    other = realm("other");
  }

  // Finding.

  @Test
  void find_givesLiveToken_byItsKey() throws Exception {
    Token token = insert(Samples.token(realm, 1, "T1"));

    assertThat(find("T1")).contains(Facts.of(token));
    assertThat(store().tokenReader().byLookup(token.lookup()).map(Facts::of))
        .contains(Facts.of(token));
    assertThat(byId(realm, 1)).contains(Facts.of(token));
  }

  @Test
  void find_givesNothing_forAbsentKey() throws Exception {
    insert(Samples.token(realm, 1, "T1"));

    assertThat(find("T2")).isEmpty();
    assertThat(store().tokenReader().byLookup(Samples.lookup(realm, "T2"))).isEmpty();
  }

  @Test
  void find_givesNothing_forNoKeys() throws Exception {
    assertThat(store().tokenLookup().find(List.of())).isEmpty();
  }

  @Test
  void find_givesRevokedToken_whenNoneIsLive() throws Exception {
    Token token = insert(Samples.token(realm, 1, "T1"));
    revoke(realm, 1, NOW.plusSeconds(5));

    assertThat(find("T1")).contains(Facts.of(token.revoked(NOW.plusSeconds(5))));
  }

  @Test
  void find_prefersLiveToken_toRevokedOnes() throws Exception {
    insert(Samples.token(realm, 1, "T1"));
    revoke(realm, 1, NOW);
    Token second = insert(Samples.token(realm, 2, "T1"));

    assertThat(find("T1")).contains(Facts.of(second));
    assertThat(store().tokenReader().byLookup(second.lookup()).map(Facts::of))
        .contains(Facts.of(second));
  }

  @Test
  void find_givesTheLastRevoked_ofSeveral() throws Exception {
    for (int id = 1; id <= 3; id++) {
      insert(Samples.token(realm, id, "T1"));
      revoke(realm, id, NOW.plusSeconds(id));
    }

    assertThat(find("T1").orElseThrow().id()).isEqualTo(new TokenId(3));
    assertThat(find("T1").orElseThrow().revokeTime()).contains(NOW.plusSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64, 200})
  void find_answersManyKeysAtOnce_eachAsItIs(int count) throws Exception {
    List<Lookup> keys = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      // A third live, a third revoked, a third absent.
      if (n % 3 != 2) {
        insert(Samples.token(realm, n + 1, "T" + n));
      }
      if (n % 3 == 1) {
        revoke(realm, n + 1, NOW);
      }
      keys.add(Samples.lookup(realm, "T" + n));
    }

    Map<Lookup, Token> found = store().tokenLookup().find(keys);

    for (int n = 0; n < count; n++) {
      Token token = found.remove(keys.get(n));
      if (n % 3 == 2) {
        assertThat(token).isNull();
      } else {
        assertThat(token.id()).isEqualTo(new TokenId(n + 1));
        assertThat(token.isRevoked()).isEqualTo(n % 3 == 1);
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void find_answersRepeatedKeysOnce() throws Exception {
    insert(Samples.token(realm, 1, "T1"));
    Lookup key = Samples.lookup(realm, "T1");
    Lookup absent = Samples.lookup(realm, "absent");

    assertThat(store().tokenLookup().find(List.of(key, absent, key, absent))).containsOnlyKeys(key);
  }

  // Exactness.

  @Test
  void codes_thatDifferInCaseOrSpaces_areDifferentTokens() throws Exception {
    List<String> codes = List.of("T1", "T1 ", "t1", " T1", "T1\0");
    for (int n = 0; n < codes.size(); n++) {
      insert(Samples.token(realm, n + 1, codes.get(n)));
    }

    for (int n = 0; n < codes.size(); n++) {
      assertThat(find(codes.get(n)).orElseThrow().id()).isEqualTo(new TokenId(n + 1));
    }
  }

  @Test
  void subjects_thatDifferInCaseOrSpaces_areDifferent() throws Exception {
    List<String> subjects = List.of("T1", "T1 ", "t1", "", " ", EMOJI, "é", "e\u0301", "T1\0");
    for (int n = 0; n < subjects.size(); n++) {
      insert(Samples.token(realm, n + 1, "code" + n, subjects.get(n)));
    }

    for (int n = 0; n < subjects.size(); n++) {
      List<Token> listed = list(Optional.of(subjects.get(n)), Optional.empty(), 10);
      assertThat(listed).extracting(Token::subject).containsExactly(subjects.get(n));
      assertThat(listed).extracting(Token::id).containsExactly(new TokenId(n + 1));
    }
  }

  static Stream<Token.Attributes> attributes() {
    Token.Attributes plain =
        new Token.Attributes("k", "s", Scopes.NONE, "", Optional.empty(), Optional.empty());
    List<String> words =
        IntStream.range(0, 64).mapToObj(n -> String.format("%03d", n) + "~".repeat(125)).toList();
    Instant end = Instant.parse("9999-12-31T23:59:59.999999Z");
    return Stream.of(
        plain,
        with(plain, "T1", "T1", "T1"),
        with(plain, "T1 ", "T1 ", "T1 "),
        with(plain, "t1", "t1", "t1"),
        with(plain, "kind", "", ""),
        with(plain, EMOJI, EMOJI.repeat(63), EMOJI),
        with(plain, "x".repeat(32), "y".repeat(255), "z".repeat(128)),
        named(plain, ""),
        named(plain, " trailing "),
        named(plain, EMOJI.repeat(255)),
        new Token.Attributes("k", "s", Scopes.of(words), "app", Optional.of("n"), Optional.of(end)),
        new Token.Attributes(
            "k",
            "s",
            Scopes.of(List.of("b", "a", "B", "b")),
            "",
            Optional.empty(),
            Optional.of(NOW.plus(1, ChronoUnit.MICROS))));
  }

  private static Token.Attributes with(
      Token.Attributes plain, String kind, String subject, String appId) {
    return new Token.Attributes(
        kind, subject, plain.scopes(), appId, plain.name(), plain.expireTime());
  }

  private static Token.Attributes named(Token.Attributes plain, String name) {
    return new Token.Attributes(
        plain.kind(),
        plain.subject(),
        plain.scopes(),
        plain.appId(),
        Optional.of(name),
        plain.expireTime());
  }

  @ParameterizedTest
  @MethodSource("attributes")
  void insert_keepsEveryAttribute_byteForByte(Token.Attributes attributes) throws Exception {
    Token token = insert(Samples.token(realm, 1, "T1", attributes));

    assertThat(find("T1")).contains(Facts.of(token));
    assertThat(find("T1").orElseThrow().attributes()).isEqualTo(attributes);
    assertThat(byId(realm, 1)).contains(Facts.of(token));
    assertThat(list(Optional.empty(), Optional.empty(), 10))
        .extracting(Facts::of)
        .containsExactly(Facts.of(token));
  }

  @Test
  void ids_mayBeTheLargest() throws Exception {
    insert(Samples.token(realm, TokenId.MAX, "T1"));

    assertThat(byId(realm, TokenId.MAX)).isPresent();
    assertThat(find("T1").orElseThrow().id().value()).isEqualTo(TokenId.MAX);
  }

  // Realms.

  @Test
  void realms_areKeptApart() throws Exception {
    Token mine = insert(Samples.token(realm, 1, "T1"));
    Token theirs = insert(Samples.token(other, 2, "T1"));

    assertThat(find("T1")).contains(Facts.of(mine));
    assertThat(store().tokenReader().byLookup(theirs.lookup()).map(Facts::of))
        .contains(Facts.of(theirs));
    assertThat(byId(realm, 2)).isEmpty();
    assertThat(byId(other, 1)).isEmpty();
    assertThat(list(Optional.empty(), Optional.empty(), 10))
        .extracting(Token::id)
        .containsExactly(mine.id());
    assertThat(list(Optional.of("alice"), Optional.empty(), 10))
        .extracting(Token::id)
        .containsExactly(mine.id());
  }

  @Test
  void revoke_givesNothing_andChangesNothing_inAnotherRealm() throws Exception {
    Token token = insert(Samples.token(realm, 1, "T1"));
    int changes = store().audit().size();

    assertThat(revoke(other, 1, NOW)).isEmpty();
    assertThat(find("T1")).contains(Facts.of(token));
    assertThat(store().audit()).hasSize(changes);
    assertThat(store().revisions()).isEmpty();
  }

  // Inserting.

  @Test
  void insert_refusesCode_thatIsLive_andLeavesNothingBehind() throws Exception {
    insert(Samples.token(realm, 1, "T1"));
    List<AuditRecord> audit = store().audit();
    RememberedRequest request = Samples.request(7, "r", NOW.plusSeconds(60));

    assertThatThrownBy(
            () ->
                store()
                    .tokenWriter()
                    .insert(Samples.token(realm, 2, "T1"), true, Optional.of(request), ACTOR))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.TOKEN_EXISTS));

    assertThat(byId(realm, 2)).isEmpty();
    assertNothingOf(request, audit);
  }

  @Test
  void insert_refusesId_thatIsTaken_andLeavesNothingBehind() throws Exception {
    Token first = insert(Samples.token(realm, 1, "T1"));
    List<AuditRecord> audit = store().audit();
    RememberedRequest request = Samples.request(7, "r", NOW.plusSeconds(60));

    for (Realm each : List.of(realm, other)) {
      assertThatThrownBy(
              () ->
                  store()
                      .tokenWriter()
                      .insert(Samples.token(each, 1, "T2"), true, Optional.of(request), ACTOR))
          .isInstanceOf(DuplicateIdException.class);
    }

    assertThat(find("T2")).isEmpty();
    assertThat(byId(realm, 1)).contains(Facts.of(first));
    assertNothingOf(request, audit);
  }

  @Test
  void insert_refusesRequest_thatIsRemembered_andLeavesNothingBehind() throws Exception {
    RememberedRequest request = Samples.request(7, "r", NOW.plusSeconds(60));
    store().tokenWriter().insert(Samples.token(realm, 1, "T1"), false, Optional.of(request), ACTOR);
    List<AuditRecord> audit = store().audit();

    assertThatThrownBy(
            () ->
                store()
                    .tokenWriter()
                    .insert(Samples.token(realm, 2, "T2"), true, Optional.of(request), ACTOR))
        .isInstanceOf(DuplicateRequestException.class);

    assertThat(find("T2")).isEmpty();
    assertThat(byId(realm, 2)).isEmpty();
    assertThat(store().audit()).isEqualTo(audit);
    assertThat(store().revisions()).isEmpty();
  }

  @Test
  void insert_takesRevokedCode_again() throws Exception {
    insert(Samples.token(realm, 1, "T1"));
    revoke(realm, 1, NOW);
    insert(Samples.token(realm, 2, "T1"));
    revoke(realm, 2, NOW);
    Token third = insert(Samples.token(realm, 3, "T1"));

    assertThat(find("T1")).contains(Facts.of(third));
    assertThat(byId(realm, 1).orElseThrow().revokeTime()).contains(NOW);
    assertThat(byId(realm, 2).orElseThrow().revokeTime()).contains(NOW);
  }

  @Test
  void insert_ofGuessableSecret_hasARevision() throws Exception {
    Token token = Samples.token(realm, 1, "T1");
    store().tokenWriter().insert(token, true, Optional.empty(), ACTOR);

    assertThat(store().revisions()).containsExactly(token.lookup());
  }

  @Test
  void insert_ofRandomSecret_hasNoRevision() throws Exception {
    insert(Samples.token(realm, 1, "T1"));

    assertThat(store().revisions()).isEmpty();
  }

  @Test
  void insert_andRevoke_areAudited() throws Exception {
    Actor revoker = new Actor(0, "", "");
    insert(Samples.token(realm, 1, "T1"));
    store().tokenWriter().revoke(realm, new TokenId(1), NOW.plusSeconds(1), revoker, touched -> {});

    assertThat(store().audit())
        .containsExactly(
            new AuditRecord(NOW, ACTOR, "IssueToken", "default", "1"),
            new AuditRecord(NOW.plusSeconds(1), revoker, "RevokeToken", "default", "1"));
  }

  @Test
  void insert_letsOneWin_when32ThreadsTakeTheSameCode() throws Exception {
    var outcomes =
        Race.run(
            32,
            n ->
                () -> {
                  store()
                      .tokenWriter()
                      .insert(
                          Samples.token(realm, n + 1, "T1"),
                          true,
                          Optional.of(Samples.request(7, "r" + n, NOW.plusSeconds(60))),
                          ACTOR);
                  return n;
                });

    assertThat(outcomes).filteredOn(Race.Outcome::isWon).hasSize(1);
    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.isWon())
        .extracting(Race.Outcome::thrown)
        .allSatisfy(
            e ->
                assertThat(e)
                    .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.TOKEN_EXISTS)));
    for (int n = 0; n < 32; n++) {
      boolean won = outcomes.get(n).isWon();
      assertThat(byId(realm, n + 1).isPresent()).isEqualTo(won);
      assertThat(remembered(Samples.request(7, "r" + n, NOW), NOW).isPresent()).isEqualTo(won);
    }
    assertThat(store().audit()).hasSize(1);
    assertThat(store().revisions()).hasSize(1);
  }

  @Test
  void insert_letsOneWin_when32ThreadsMakeTheSameRequest() throws Exception {
    RememberedRequest request = Samples.request(7, "r", NOW.plusSeconds(60));
    var outcomes =
        Race.run(
            32,
            n ->
                () -> {
                  store()
                      .tokenWriter()
                      .insert(
                          Samples.token(realm, n + 1, "T" + n), false, Optional.of(request), ACTOR);
                  return n;
                });

    assertThat(outcomes).filteredOn(Race.Outcome::isWon).hasSize(1);
    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.isWon())
        .extracting(Race.Outcome::thrown)
        .allSatisfy(e -> assertThat(e).isInstanceOf(DuplicateRequestException.class));
    assertThat(list(Optional.empty(), Optional.empty(), 64)).hasSize(1);
    assertThat(store().audit()).hasSize(1);
  }

  @Test
  void insert_letsOneWin_when32ThreadsTakeTheSameId() throws Exception {
    var outcomes =
        Race.run(
            32,
            n ->
                () -> {
                  store()
                      .tokenWriter()
                      .insert(Samples.token(realm, 1, "T" + n), false, Optional.empty(), ACTOR);
                  return n;
                });

    assertThat(outcomes).filteredOn(Race.Outcome::isWon).hasSize(1);
    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.isWon())
        .extracting(Race.Outcome::thrown)
        .allSatisfy(e -> assertThat(e).isInstanceOf(DuplicateIdException.class));
    assertThat(store().audit()).hasSize(1);
  }

  // Remembered requests.

  @Test
  void remembered_givesTheAnswer_untilExactlyItsExpiry() throws Exception {
    Instant end = NOW.plusSeconds(60);
    RememberedRequest request = Samples.request(7, "r", end);
    store().tokenWriter().insert(Samples.token(realm, 1, "T1"), false, Optional.of(request), ACTOR);

    RememberedRequest found = remembered(request, end.minus(1, ChronoUnit.MICROS)).orElseThrow();
    assertThat(found.key()).isEqualTo(request.key());
    assertThat(found.fingerprint()).isEqualTo(request.fingerprint());
    assertThat(found.sealedAnswer()).isEqualTo(request.sealedAnswer());
    assertThat(found.expireTime()).isEqualTo(end);
    assertThat(remembered(request, end)).isEmpty();
  }

  @Test
  void remembered_isEmpty_forUnknownRequest() throws Exception {
    assertThat(remembered(Samples.request(7, "r", NOW), NOW)).isEmpty();
  }

  @Test
  void request_canBeMadeAgain_onceItWasFoundExpired() throws Exception {
    Instant end = NOW.plusSeconds(60);
    insert(1, "T1", Samples.request(7, "r", end));
    assertThat(remembered(Samples.request(7, "r", end), end)).isEmpty();

    insert(2, "T2", Samples.request(7, "r", end.plusSeconds(60)));

    assertThat(remembered(Samples.request(7, "r", end), end).orElseThrow().expireTime())
        .isEqualTo(end.plusSeconds(60));
  }

  @Test
  void requests_areKnownByCallerAndExactId() throws Exception {
    Instant end = NOW.plusSeconds(60);
    List<RememberedRequest> requests =
        List.of(
            Samples.request(7, "r", end),
            Samples.request(8, "r", end),
            Samples.request(7, "R", end),
            Samples.request(7, "r ", end),
            Samples.request(7, "x".repeat(64), end));
    for (int n = 0; n < requests.size(); n++) {
      insert(n + 1, "T" + n, requests.get(n));
    }

    for (RememberedRequest request : requests) {
      assertThat(remembered(request, NOW).orElseThrow().fingerprint())
          .isEqualTo(request.fingerprint());
    }
    assertThat(remembered(Samples.request(8, "R", end), NOW)).isEmpty();
  }

  @Test
  void request_survivesTheRevocation_ofItsToken() throws Exception {
    RememberedRequest request = Samples.request(7, "r", NOW.plusSeconds(60));
    insert(1, "T1", request);
    revoke(realm, 1, NOW);

    assertThat(remembered(request, NOW)).isPresent();
  }

  // Revoking.

  @Test
  void revoke_endsToken_andGivesItAsItIsNow() throws Exception {
    Token token = insert(Samples.token(realm, 1, "T1"));
    Instant at = NOW.plus(1, ChronoUnit.MICROS);

    assertThat(revoke(realm, 1, at)).contains(Facts.of(token.revoked(at)));
    assertThat(byId(realm, 1)).contains(Facts.of(token.revoked(at)));
    assertThat(list(Optional.empty(), Optional.empty(), 10)).isEmpty();
    assertThat(store().revisions()).containsExactly(token.lookup());
  }

  @Test
  void revoke_staysAtTheFirstTime_whenRepeated() throws Exception {
    Token token = insert(Samples.token(realm, 1, "T1"));
    revoke(realm, 1, NOW);
    List<AuditRecord> audit = store().audit();

    assertThat(revoke(realm, 1, NOW.plusSeconds(9))).contains(Facts.of(token.revoked(NOW)));
    assertThat(revoke(realm, 1, NOW.minusSeconds(9))).contains(Facts.of(token.revoked(NOW)));
    assertThat(store().audit()).isEqualTo(audit);
    assertThat(store().revisions()).hasSize(1);
  }

  @Test
  void revoke_ofFormerToken_leavesTheLiveOneOfTheSameCode() throws Exception {
    insert(Samples.token(realm, 1, "T1"));
    revoke(realm, 1, NOW);
    Token second = insert(Samples.token(realm, 2, "T1"));

    assertThat(revoke(realm, 1, NOW.plusSeconds(1)).orElseThrow().revokeTime()).contains(NOW);
    assertThat(find("T1")).contains(Facts.of(second));
  }

  @Test
  void revoke_givesNothing_forUnknownId() throws Exception {
    assertThat(revoke(realm, 1, NOW)).isEmpty();
    assertThat(store().audit()).isEmpty();
    assertThat(store().revisions()).isEmpty();
  }

  @Test
  void revoke_happensOnce_whenThreadsRevokeAtOnce() throws Exception {
    insert(Samples.token(realm, 1, "T1"));

    var outcomes = Race.run(32, n -> () -> revoke(realm, 1, NOW.plusSeconds(n)));

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(outcomes)
        .extracting(Race.Outcome::value)
        .containsOnly(Optional.of(byId(realm, 1).orElseThrow()));
    assertThat(store().revisions()).hasSize(1);
    assertThat(store().audit())
        .filteredOn(record -> record.action().equals("RevokeToken"))
        .extracting(AuditRecord::at)
        .containsExactly(byId(realm, 1).orElseThrow().revokeTime().orElseThrow());
  }

  // Listing.

  @Test
  void list_isOrdered_bySubjectsBytes_thenById() throws Exception {
    // In UTF-16 the emoji's surrogates come before U+FF5E; in UTF-8 bytes they come after it.
    List<String> ordered = List.of("", "A", "a", "a ", "ab", "b", "é", "\uFF5E", EMOJI);
    long id = 100;
    for (String subject : ordered) {
      // Ids descend while subjects ascend.
      insert(Samples.token(realm, id, "x" + id, subject));
      insert(Samples.token(realm, id + 1, "y" + id, subject));
      id -= 2;
    }

    List<Token> listed = list(Optional.empty(), Optional.empty(), 100);

    assertThat(listed)
        .extracting(Token::subject)
        .containsExactlyElementsOf(
            ordered.stream().flatMap(subject -> Stream.of(subject, subject)).toList());
    assertThat(listed).extracting(token -> token.id().value()).startsWith(100L, 101L, 98L, 99L);
  }

  @Test
  void list_givesLimitAtMost_andNoRevokedOnes() throws Exception {
    for (int id = 1; id <= 5; id++) {
      insert(Samples.token(realm, id, "T" + id));
    }
    revoke(realm, 2, NOW);

    assertThat(list(Optional.empty(), Optional.empty(), 3))
        .extracting(token -> token.id().value())
        .containsExactly(1L, 3L, 4L);
    assertThat(list(Optional.of("alice"), Optional.empty(), 3))
        .extracting(token -> token.id().value())
        .containsExactly(1L, 3L, 4L);
  }

  @Test
  void list_showsExpiredTokens() throws Exception {
    insert(
        Samples.token(
            realm,
            1,
            "T1",
            new Token.Attributes(
                "k", "s", Scopes.NONE, "", Optional.empty(), Optional.of(Instant.EPOCH))));

    assertThat(list(Optional.empty(), Optional.empty(), 3)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void pages_loseNothing_andRepeatNothing_ofARealm(int size) throws Exception {
    List<Position> all = insertPrefixes();

    assertThat(pages(Optional.empty(), size)).isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void pages_loseNothing_andRepeatNothing_ofASubject(int size) throws Exception {
    List<Position> all = insertPrefixes();

    for (String subject : List.of("", "a", "aa", "a\0")) {
      assertThat(pages(Optional.of(subject), size))
          .isEqualTo(all.stream().filter(each -> each.subject().equals(subject)).toList());
    }
  }

  @Test
  void list_continuesBehindPosition_whoseTokenIsGone() throws Exception {
    insert(Samples.token(realm, 1, "T1", "a"));
    insert(Samples.token(realm, 2, "T2", "b"));
    insert(Samples.token(realm, 3, "T3", "b"));
    revoke(realm, 2, NOW);

    assertThat(list(Optional.empty(), Optional.of(new Position("b", new TokenId(2))), 10))
        .extracting(token -> token.id().value())
        .containsExactly(3L);
  }

  @Test
  void list_ofSubject_beginsBehindThePlace_ofAnotherSubject() throws Exception {
    insert(Samples.token(realm, 5, "T1", "b"));

    assertThat(list(Optional.of("b"), Optional.of(new Position("a", new TokenId(9))), 10))
        .hasSize(1);
    assertThat(list(Optional.of("b"), Optional.of(new Position("c", new TokenId(1))), 10))
        .isEmpty();
  }

  /** Three tokens for each of several subjects that are prefixes of each other. */
  private List<Position> insertPrefixes() throws Exception {
    List<Position> all = new ArrayList<>();
    List<String> subjects = List.of("", "a", "a\0", "a ", "aa", "aaa", "b");
    for (int s = 0; s < subjects.size(); s++) {
      for (int n = 0; n < 3; n++) {
        // Ids of one subject lie between those of the others.
        long id = 1 + n * 100L + (subjects.size() - s);
        insert(Samples.token(realm, id, "T" + id, subjects.get(s)));
        all.add(new Position(subjects.get(s), new TokenId(id)));
      }
    }
    insert(Samples.token(other, 999, "elsewhere", "a"));
    return all;
  }

  private List<Position> pages(Optional<String> subject, int size) throws Exception {
    List<Position> seen = new ArrayList<>();
    Optional<Position> after = Optional.empty();
    while (true) {
      List<Token> page = list(subject, after, size);
      assertThat(page).hasSizeLessThanOrEqualTo(size);
      if (page.isEmpty()) {
        return seen;
      }
      page.forEach(token -> seen.add(new Position(token.subject(), token.id())));
      after = Optional.of(seen.get(seen.size() - 1));
    }
  }

  @Test
  void insertWith_addsCompanionsAndSource_orNothing() throws Exception {
    Token token = Samples.token(realm, 1, "T1", ofIssuer("web"));
    Token companion = Samples.token(realm, 2, "T2", ofIssuer("web"));
    SecretSource source = new SecretSource.Sealed(new byte[] {1, 2});
    Additions additions = new Additions(List.of(companion), Optional.of(source));
    insert(Samples.token(realm, 2, "T3", ofIssuer("app")));

    assertThatThrownBy(
            () ->
                store().tokenWriter().insertWith(token, additions, false, Optional.empty(), ACTOR))
        .isInstanceOf(DuplicateIdException.class);
    assertThat(byId(realm, 1)).isEmpty();

    Token other = Samples.token(realm, 4, "T2", ofIssuer("web"));
    store()
        .tokenWriter()
        .insertWith(
            token,
            new Additions(List.of(other), Optional.of(source)),
            true,
            Optional.empty(),
            ACTOR);

    List<TokenId> ids = List.of(new TokenId(1), new TokenId(4), new TokenId(2));
    assertThat(store().tokenReader().sources(ids)).containsOnlyKeys(new TokenId(1));
    SecretSource kept = store().tokenReader().sources(ids).get(new TokenId(1));
    assertThat(((SecretSource.Sealed) kept).secret()).containsExactly(1, 2);
    assertThat(store().tokenReader().details(ids)).isEmpty();
    Filter web = new Filter(Optional.empty(), Optional.of("web"));
    assertThat(store().tokenReader().list(realm, web, Optional.empty(), 9))
        .extracting(Token::id)
        .containsExactly(new TokenId(1), new TokenId(4));
  }

  private static Token.Attributes ofIssuer(String issuer) {
    return new Token.Attributes(
        "access",
        "alice",
        Scopes.of(List.of()),
        "",
        Optional.empty(),
        Optional.empty(),
        new Ties(issuer, null, null, 0));
  }

  private Realm realm(String name) throws Exception {
    return store().realms().all().stream()
        .filter(each -> each.name().value().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Token insert(Token token) throws Exception {
    store().tokenWriter().insert(token, false, Optional.empty(), ACTOR);
    return token;
  }

  private void insert(long id, String secret, RememberedRequest request) throws Exception {
    store()
        .tokenWriter()
        .insert(Samples.token(realm, id, secret), false, Optional.of(request), ACTOR);
  }

  private Optional<Facts> revoke(Realm where, long id, Instant at) throws Exception {
    return store()
        .tokenWriter()
        .revoke(where, new TokenId(id), at, ACTOR, touched -> {})
        .map(revocation -> Facts.of(revocation.token()));
  }

  private Optional<Facts> find(String secret) throws Exception {
    Lookup key = Samples.lookup(realm, secret);
    return Optional.ofNullable(store().tokenLookup().find(List.of(key)).get(key)).map(Facts::of);
  }

  private Optional<Facts> byId(Realm where, long id) throws Exception {
    return store().tokenReader().byId(where, new TokenId(id)).map(Facts::of);
  }

  private List<Token> list(Optional<String> subject, Optional<Position> after, int limit)
      throws Exception {
    return store().tokenReader().list(realm, subject, after, limit);
  }

  private Optional<RememberedRequest> remembered(RememberedRequest request, Instant now)
      throws Exception {
    return store().tokenWriter().remembered(request.key(), now);
  }

  private void assertNothingOf(RememberedRequest request, List<AuditRecord> audit)
      throws Exception {
    assertThat(remembered(request, NOW)).isEmpty();
    assertThat(store().audit()).isEqualTo(audit);
    assertThat(store().revisions()).isEmpty();
  }
}
