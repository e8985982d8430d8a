package io.jeton.server.storage;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefreshRow;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code AnonymousTokens} promises. */
abstract class AnonymousTokensContract {
  private static final Instant END = NOW.plusSeconds(100);
  private static final Instant WINDOW_END = NOW.plusSeconds(1000);

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
  void count_isOfTheIssuersTokensWithoutASubject() throws Exception {
    insert(token(realm, 1, "", "chatot", Optional.of(END)));
    insert(token(realm, 2, "", "chatot", Optional.empty()));
    insert(token(realm, 3, "alice", "chatot", Optional.of(END)));
    insert(token(realm, 4, "", "other", Optional.of(END)));
    insert(token(other, 5, "", "chatot", Optional.of(END)));

    assertThat(count(NOW, 10)).isEqualTo(2);
    assertThat(count(NOW, 1)).isEqualTo(1);
    assertThat(count(END, 10)).isEqualTo(1);
    store().tokenWriter().revoke(realm, new TokenId(2), NOW, ACTOR, lookup -> {});
    assertThat(count(NOW, 10)).isEqualTo(1);
  }

  @Test
  void aPair_isOne_untilItCannotBeRefreshed() throws Exception {
    Token first = token(realm, 1, "", "chatot", Optional.of(END), WINDOW_END);
    Token second = token(realm, 2, "", "chatot", Optional.of(WINDOW_END), WINDOW_END);
    store()
        .tokenWriter()
        .insertPair(
            first,
            new RefreshRow(second, first.id(), new byte[] {1}),
            false,
            Optional.empty(),
            ACTOR);

    assertThat(count(NOW, 10)).isEqualTo(1);
    assertThat(count(END, 10)).isEqualTo(1);
    assertThat(count(WINDOW_END, 10)).isZero();
  }

  private Realm realm(String name) throws Exception {
    return store().realms().all().stream()
        .filter(each -> each.name().value().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private long count(Instant at, long most) throws Exception {
    return store().anonymousTokens().count(realm, "chatot", at, most);
  }

  private void insert(Token token) throws Exception {
    store().tokenWriter().insert(token, false, Optional.empty(), ACTOR);
  }

  private static Token token(
      Realm in, long id, String subject, String issuer, Optional<Instant> end) {
    return token(in, id, subject, end, new Ties(issuer, null, null, 0));
  }

  private static Token token(
      Realm in, long id, String subject, String issuer, Optional<Instant> end, Instant familyEnd) {
    Ties.Family family = new Ties.Family(new TokenId(1), familyEnd);
    return token(in, id, subject, end, new Ties(issuer, null, family, 0));
  }

  private static Token token(Realm in, long id, String subject, Optional<Instant> end, Ties ties) {
    return Samples.token(
        in,
        id,
        "secret" + id,
        new Token.Attributes(
            "access", subject, Scopes.of(List.of()), "", Optional.empty(), end, ties));
  }
}
