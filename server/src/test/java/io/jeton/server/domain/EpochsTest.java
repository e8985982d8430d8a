package io.jeton.server.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.crypto.Lookups;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EpochsTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Realm REALM = new Realm(1, RealmName.DEFAULT);
  private static final Realm OTHER = new Realm(2, new RealmName("other"));

  private final Epochs epochs = new Epochs();

  @Test
  void isEnded_isFalse_asLongAsNothingEnded() {
    assertThat(epochs.isEnded(licence())).isFalse();
    assertThat(epochs.endOf(licence())).isEmpty();
    assertThat(epochs.followed(REALM)).isZero();
  }

  @Test
  void isEnded_byEachAxisThatItIsOf() {
    for (TokenGroup group :
        List.of(
            TokenGroup.WHOLE_REALM,
            TokenGroup.ofSubject("alice"),
            TokenGroup.ofApplication("app"),
            TokenGroup.ofModule(7),
            TokenGroup.ofKind("licence"))) {
      Epochs fresh = new Epochs();
      fresh.add(REALM, new GroupEnd(group, 3, NOON));
      assertThat(fresh.isEnded(licence().inEpoch(2))).as("%s", group).isTrue();
      assertThat(fresh.endOf(licence().inEpoch(2))).as("%s", group).contains(NOON);
      assertThat(fresh.isEnded(licence().inEpoch(3))).as("%s", group).isFalse();
    }
  }

  @Test
  void isEnded_notByTheAxesOfOthers() {
    List<TokenGroup> others =
        List.of(
            TokenGroup.ofSubject(""),
            TokenGroup.ofSubject("Alice"),
            TokenGroup.ofSubject("app"),
            TokenGroup.ofApplication("alice"),
            TokenGroup.ofModule(8),
            TokenGroup.ofKind("access"));
    int epoch = 1;
    for (TokenGroup group : others) {
      epochs.add(REALM, new GroupEnd(group, epoch++, NOON));
    }
    epochs.add(OTHER, new GroupEnd(TokenGroup.WHOLE_REALM, epoch, NOON));

    assertThat(epochs.isEnded(licence())).isFalse();
    assertThat(epochs.isEnded(plain("", "access"))).isTrue();
  }

  @Test
  void isEnded_ofARefreshSecret_withTheKindOfItsToken() {
    epochs.add(REALM, new GroupEnd(TokenGroup.ofKind("access"), 1, NOON));

    assertThat(epochs.isEnded(plain("bob", "refresh"))).isFalse();
    assertThat(epochs.isEnded(plain("bob", "refresh").renewing("access"))).isTrue();
    assertThat(epochs.isEnded(plain("bob", "refresh").renewing("access").inEpoch(1))).isFalse();
  }

  /** What was judged alive is looked up again after every end, whatever its number. */
  @Test
  void isEnded_notices_whatIsAddedOutOfOrder() {
    Token token = plain("alice", "access");
    epochs.add(REALM, new GroupEnd(TokenGroup.ofSubject("bob"), 2, NOON));
    assertThat(epochs.isEnded(token)).isFalse();
    assertThat(epochs.isEnded(token)).isFalse();

    epochs.add(REALM, new GroupEnd(TokenGroup.ofSubject("alice"), 1, NOON));

    assertThat(epochs.isEnded(token)).isTrue();
    assertThat(epochs.isEnded(plain("alice", "access").inEpoch(1))).isFalse();
  }

  @Test
  void add_ofAnOlderEnd_doesNotReplaceTheLater() {
    epochs.add(REALM, new GroupEnd(TokenGroup.ofSubject("alice"), 5, NOON));
    epochs.add(REALM, new GroupEnd(TokenGroup.ofSubject("alice"), 3, NOON.minusSeconds(9)));

    assertThat(epochs.isEnded(plain("alice", "access").inEpoch(4))).isTrue();
    assertThat(epochs.endOf(plain("alice", "access").inEpoch(4))).contains(NOON);
  }

  @Test
  void endOf_isTheFirstThatApplies() {
    Instant later = NOON.plusSeconds(1);
    epochs.add(REALM, new GroupEnd(TokenGroup.ofKind("access"), 1, NOON.minusSeconds(1)));
    epochs.add(REALM, new GroupEnd(TokenGroup.ofSubject("alice"), 2, NOON));
    epochs.add(REALM, new GroupEnd(TokenGroup.WHOLE_REALM, 3, later));

    assertThat(epochs.endOf(plain("alice", "access").inEpoch(1))).contains(NOON);
    assertThat(epochs.endOf(plain("alice", "access").inEpoch(2))).contains(later);
    assertThat(epochs.endOf(plain("alice", "access").inEpoch(3))).isEmpty();
  }

  @Test
  void followed_isMovedByFollowAlone() {
    epochs.add(REALM, new GroupEnd(TokenGroup.ofSubject("bob"), 4, NOON));
    assertThat(epochs.followed(REALM)).isZero();

    epochs.follow(REALM, List.of(new GroupEnd(TokenGroup.ofSubject("alice"), 3, NOON)));

    assertThat(epochs.followed(REALM)).isEqualTo(3);
    assertThat(epochs.followed(OTHER)).isZero();
    assertThat(epochs.isEnded(plain("alice", "access"))).isTrue();
  }

  @Test
  void judged_isTheToken_orTheTokenRevoked() {
    Token alive = plain("bob", "access");
    Token dead = plain("alice", "access");
    Token revoked = plain("alice", "access").revoked(NOON.minusSeconds(60));
    epochs.add(REALM, new GroupEnd(TokenGroup.ofSubject("alice"), 1, NOON));

    assertThat(epochs.judged(alive)).isSameAs(alive);
    assertThat(epochs.judged(dead).revokeTime()).contains(NOON);
    assertThat(epochs.judged(dead).id()).isEqualTo(dead.id());
    assertThat(epochs.judged(revoked)).isSameAs(revoked);
    Token later = plain("alice", "access").revoked(NOON.plusSeconds(60));
    assertThat(epochs.judged(later).revokeTime()).contains(NOON);
  }

  /** Readers who race with ends may see an end late, but never lose it once it was added. */
  @Test
  void isEnded_isTrueForAllReaders_onceTheEndWasAdded() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try {
      for (int round = 1; round <= 300; round++) {
        int epoch = round;
        Token token = plain("s" + round, "access").inEpoch(round - 1);
        List<Future<Boolean>> readers =
            List.of(executor.submit(() -> sees(token)), executor.submit(() -> sees(token)));
        epochs.add(REALM, new GroupEnd(TokenGroup.ofSubject("x" + round), epoch, NOON));
        epochs.add(REALM, new GroupEnd(TokenGroup.ofSubject("s" + round), epoch, NOON));
        assertThat(epochs.isEnded(token)).isTrue();
        for (Future<Boolean> reader : readers) {
          assertThat(reader.get()).isTrue();
        }
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private boolean sees(Token token) {
    for (long i = 0; i < 1_000_000_000L; i++) {
      if (epochs.isEnded(token)) {
        return epochs.isEnded(token);
      }
      Thread.onSpinWait();
    }
    return false;
  }

  private static Token licence() {
    return token(
        "alice",
        "licence",
        "app",
        new Ties("", null, null, 0, new Licence(new LicensedModule(7, "demo", 3, "kid"), "")));
  }

  private static Token plain(String subject, String kind) {
    return token(subject, kind, "", Ties.NONE);
  }

  private static Token token(String subject, String kind, String appId, Ties ties) {
    return Token.of(
        Lookups.ofToken(REALM.name(), "x"),
        new TokenId(1),
        REALM,
        new Token.Attributes(
            kind, subject, Scopes.NONE, appId, Optional.empty(), Optional.empty(), ties),
        NOON,
        Optional.empty());
  }
}
