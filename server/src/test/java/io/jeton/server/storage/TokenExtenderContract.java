package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.domain.Algorithm;
import io.jeton.server.domain.Extension;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefreshRow;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.SigningKeyStore.NewKey;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.storage.Samples.Facts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code TokenExtender} promises. */
abstract class TokenExtenderContract {
  private static final Instant END = NOW.plusSeconds(100);

  private final List<Lookup> touched = new ArrayList<>();
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

  @Test
  void extend_movesTheEnd_withARevisionAndARecord() throws Exception {
    Token token = insert(token(1, Optional.of(END), Ties.NONE));
    int revisions = store().revisions().size();

    Optional<Token> extended = extend(realm, 1, new Extension.By(60), NOW);

    assertThat(extended.orElseThrow().expireTime()).contains(END.plusSeconds(60));
    assertThat(byId(1)).isEqualTo(Facts.of(extended.orElseThrow()));
    assertThat(touched).containsExactly(token.lookup());
    assertThat(store().revisions()).hasSize(revisions + 1).contains(token.lookup());
    List<AuditRecord> audit = store().audit();
    assertThat(audit.get(audit.size() - 1))
        .isEqualTo(new AuditRecord(NOW, ACTOR, "ExtendToken", "default", "1"));
  }

  @Test
  void extend_ofAnExpiredToken_countsFromNow_andItIsFoundLive() throws Exception {
    insert(token(1, Optional.of(END), Ties.NONE));

    extend(realm, 1, new Extension.By(60), END.plusSeconds(7));

    assertThat(byId(1).attributes().expireTime()).contains(END.plusSeconds(67));
  }

  @Test
  void extend_mayShorten_alsoIntoThePast() throws Exception {
    insert(token(1, Optional.of(END), Ties.NONE));

    extend(realm, 1, new Extension.By(-1_000), NOW);
    assertThat(byId(1).attributes().expireTime()).contains(END.minusSeconds(1_000));
    extend(realm, 1, new Extension.By(Long.MIN_VALUE), NOW);
    assertThat(byId(1).attributes().expireTime()).contains(Extension.EARLIEST);
    extend(realm, 1, new Extension.By(Long.MAX_VALUE), NOW);
    assertThat(byId(1).attributes().expireTime()).contains(Extension.LATEST);
  }

  @Test
  void extend_ofATokenWithoutAnEnd_bySeconds_leavesNoTrace_andToAnInstantGivesItOne()
      throws Exception {
    insert(token(1, Optional.empty(), Ties.NONE));
    int revisions = store().revisions().size();
    int audit = store().audit().size();

    assertThat(extend(realm, 1, new Extension.By(60), NOW).orElseThrow().expireTime()).isEmpty();
    assertThat(touched).isEmpty();
    assertThat(store().revisions()).hasSize(revisions);
    assertThat(store().audit()).hasSize(audit);

    extend(realm, 1, new Extension.To(END), NOW);
    assertThat(byId(1).attributes().expireTime()).contains(END);
    extend(realm, 1, new Extension.To(END), NOW);
    assertThat(store().audit()).hasSize(audit + 1);
  }

  @Test
  void extend_leavesTheFamilysEnd_andItsOtherRows() throws Exception {
    Ties ties = new Ties("", null, new Ties.Family(new TokenId(1), END), 0);
    Token token = token(1, Optional.of(END), ties);
    Token second = token(2, Optional.of(END), ties);
    store()
        .tokenWriter()
        .insertPair(
            token,
            new RefreshRow(second, token.id(), new byte[] {1}),
            false,
            Optional.empty(),
            ACTOR);

    extend(realm, 1, new Extension.By(60), NOW);

    assertThat(byId(1).attributes().expireTime()).contains(END.plusSeconds(60));
    assertThat(byId(1).attributes().ties().family().end()).isEqualTo(END);
    assertThat(byId(2)).isEqualTo(Facts.of(second));
    assertRefused(Refusal.FIELD_INVALID, () -> extend(realm, 2, new Extension.By(60), NOW));
    assertThat(byId(2)).isEqualTo(Facts.of(second));
  }

  @Test
  void extend_refusesWhatIsRevoked_andWhatIsSignedWithAnEnd() throws Exception {
    insert(token(1, Optional.of(END), Ties.NONE));
    store().tokenWriter().revoke(realm, new TokenId(1), NOW, ACTOR, key -> {});
    insert(token(2, Optional.of(END), new Ties("", null, null, signingKey())));
    insert(token(3, Optional.empty(), new Ties("", null, null, signingKey())));

    assertRefused(Refusal.TOKEN_INACTIVE, () -> extend(realm, 1, new Extension.By(60), NOW));
    assertRefused(Refusal.FIELD_INVALID, () -> extend(realm, 2, new Extension.By(60), NOW));
    extend(realm, 3, new Extension.To(END), NOW);
    assertThat(byId(3).attributes().expireTime()).contains(END);
  }

  @Test
  void extend_knowsOnlyItsRealm() throws Exception {
    insert(token(1, Optional.of(END), Ties.NONE));

    assertThat(extend(other, 1, new Extension.By(60), NOW)).isEmpty();
    assertThat(extend(realm, 2, new Extension.By(60), NOW)).isEmpty();
  }

  @Test
  void extend_byThreadsAtOnce_addsUp() throws Exception {
    insert(token(1, Optional.of(END), Ties.NONE));

    var outcomes =
        Race.run(
            16,
            n ->
                () ->
                    store()
                        .tokenExtender()
                        .extend(
                            realm, new TokenId(1), new Extension.By(10), NOW, ACTOR, key -> {}));

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(byId(1).attributes().expireTime()).contains(END.plusSeconds(160));
  }

  private Optional<Token> extend(Realm in, long id, Extension extension, Instant at)
      throws Exception {
    return store().tokenExtender().extend(in, new TokenId(id), extension, at, ACTOR, touched::add);
  }

  private Token token(long id, Optional<Instant> expireTime, Ties ties) {
    return Samples.token(
        realm,
        id,
        "T" + id,
        new Token.Attributes(
            "access", "alice", Scopes.of(List.of()), "", Optional.empty(), expireTime, ties));
  }

  private Token insert(Token token) throws Exception {
    store().tokenWriter().insert(token, false, Optional.empty(), ACTOR);
    return token;
  }

  private Facts byId(long id) throws Exception {
    return store().tokenReader().byId(realm, new TokenId(id)).map(Facts::of).orElseThrow();
  }

  private int signingKey() throws Exception {
    return store()
        .signingKeys()
        .add(
            new NewKey(
                realm, "web", Algorithm.HS256, new byte[] {1}, new byte[32], Optional.empty()),
            NOW,
            ACTOR)
        .id();
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
