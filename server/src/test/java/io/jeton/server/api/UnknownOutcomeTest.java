package io.jeton.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import io.jeton.server.cache.LastUses;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.crypto.KeySealer;
import io.jeton.server.crypto.MasterKey;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Additions;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Epochs;
import io.jeton.server.domain.Grants;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefreshRow;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.SecretSource;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenDetails;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenReader;
import io.jeton.server.domain.TokenWriter;
import io.jeton.server.storage.InMemoryStore;
import io.jeton.server.testing.Tokens;
import io.jeton.v1.RevokeTokenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A revocation whose commit got through although its answer did not: the caller is told
 * STORE_UNAVAILABLE, and the row that this node holds must not go on being accepted.
 */
class UnknownOutcomeTest {
  private final Map<Lookup, Token> rows = new ConcurrentHashMap<>();

  @Test
  void revoke_thatMayHaveCommitted_isForgottenInMemory() throws Exception {
    Token token = Tokens.live("a");
    rows.put(token.lookup(), token);
    InMemoryStore others = new InMemoryStore();
    try (LastUses uses = new LastUses(others.licences(), () -> Tokens.NOON);
        TokenCache cache =
            new TokenCache(
                keys -> Map.copyOf(rows),
                new TokenCache.Settings(
                    1 << 20, 10, Duration.ofSeconds(5), Duration.ofSeconds(5), 1, 10),
                Ticker.systemTicker())) {
      cache.load(token.lookup()).join();
      ManageTokens manage =
          new ManageTokens(
              new Access(() -> Map.of("default", Tokens.REALM)),
              new Validation(),
              new Reader(),
              new CommitsAndFails(),
              new Modules(others.modules(), others.realms()),
              uses,
              new Epochs(),
              cache,
              new TakesNothingOver(),
              sources(),
              () -> Tokens.NOON);
      Caller admin =
          new Caller(
              1,
              "admin",
              Grants.of(Map.of("*", EnumSet.of(Permission.ADMIN))),
              Tokens.NOON,
              Optional.empty());

      assertThatThrownBy(
              () ->
                  manage.revoke(
                      RevokeTokenRequest.newBuilder().setId(token.id().toString()).build(),
                      new Identity(admin, "", "")))
          .isInstanceOf(RefusedException.class);

      assertThat(cache.cached(token.lookup())).isNull();
      assertThat(cache.load(token.lookup()).join().orElseThrow().isRevoked()).isTrue();
    }
  }

  private static SecretSources sources() throws Exception {
    InMemoryStore empty = new InMemoryStore();
    Sealer sealer = Sealer.open(MasterKey.parse("0".repeat(64)), empty.sealingKeys(), Tokens.NOON);
    return new SecretSources(
        sealer, new SigningKeys(empty.signingKeys(), new KeySealer(sealer), () -> Tokens.NOON));
  }

  private static final class TakesNothingOver implements ForeignTokenAdopter {
    @Override
    public boolean isCandidate(Realm realm, String presented) {
      return false;
    }

    @Override
    public Optional<Token> adopt(Realm realm, String presented, Actor actor) {
      return Optional.empty();
    }
  }

  private final class Reader implements TokenReader {
    @Override
    public Optional<Token> byId(Realm realm, TokenId id) {
      return rows.values().stream().filter(token -> token.id().equals(id)).findFirst();
    }

    @Override
    public Optional<Token> byLookup(Lookup lookup) {
      return Optional.ofNullable(rows.get(lookup));
    }

    @Override
    public List<Token> list(Realm realm, Filter filter, Optional<Position> after, int limit) {
      return List.of();
    }

    @Override
    public Map<TokenId, TokenDetails> details(Collection<TokenId> ids) {
      return Map.of();
    }

    @Override
    public Map<TokenId, SecretSource> sources(Collection<TokenId> ids) {
      return Map.of();
    }
  }

  private final class CommitsAndFails implements TokenWriter {
    @Override
    public void insert(
        Token token, boolean guessable, Optional<RememberedRequest> request, Actor actor) {
      throw RefusedException.of(Refusal.STORE_UNAVAILABLE);
    }

    @Override
    public void insertPair(
        Token token,
        RefreshRow refresh,
        boolean guessable,
        Optional<RememberedRequest> request,
        Actor actor) {
      throw RefusedException.of(Refusal.STORE_UNAVAILABLE);
    }

    @Override
    public void insertWith(
        Token token,
        Additions additions,
        boolean guessable,
        Optional<RememberedRequest> request,
        Actor actor) {
      throw RefusedException.of(Refusal.STORE_UNAVAILABLE);
    }

    @Override
    public Optional<Revocation> revoke(
        Realm realm, TokenId id, Instant at, Actor actor, Consumer<Lookup> touched) {
      rows.replaceAll((key, token) -> token.revoked(at));
      throw RefusedException.of(Refusal.STORE_UNAVAILABLE);
    }

    @Override
    public Optional<RememberedRequest> remembered(RequestKey key, Instant now) {
      return Optional.empty();
    }
  }
}
