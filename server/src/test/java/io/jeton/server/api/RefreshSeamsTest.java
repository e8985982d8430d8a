package io.jeton.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.crypto.Lookups;
import io.jeton.server.crypto.MasterKey;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Algorithm;
import io.jeton.server.domain.Binding;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Epochs;
import io.jeton.server.domain.FamilyMember;
import io.jeton.server.domain.Grants;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Rotation;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.SigningKeyStore.NewKey;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenFamilies;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenIds;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import io.jeton.server.domain.TokenWriter.DuplicateRequestException;
import io.jeton.server.storage.InMemoryStore;
import io.jeton.server.testing.Tokens;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.JwtFormat;
import io.jeton.v1.RefreshSpec;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.RefreshWithItself;
import io.jeton.v1.SigningAlgorithm;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Refreshes of signed tokens, of tokens that are taken over, and one whose commit got through
 * although its answer did not; on the store's twin.
 */
class RefreshSeamsTest {
  private static final Actor ACTOR = new Actor(1, "", "");
  private static final int SIGNING_KEY = 1;

  private final InMemoryStore store = new InMemoryStore();
  private final TokenIds ids = new TokenIds(() -> Tokens.NOON, new Random(1));
  private final Signer signer = new Signer();
  private final Original original = new Original();
  private final TokenCache cache =
      new TokenCache(
          store.tokenLookup(),
          new TokenCache.Settings(
              1 << 20, 10, java.time.Duration.ofSeconds(5), java.time.Duration.ofSeconds(5), 1, 10),
          Ticker.systemTicker());
  private final Identity admin =
      new Identity(
          new Caller(
              1,
              "admin",
              Grants.of(Map.of("*", EnumSet.of(Permission.ADMIN))),
              Tokens.NOON,
              Optional.empty()),
          "",
          "");
  private Realm realm;
  private Access access;

  @BeforeEach
  void makeRealm() {
    store.realms().ensure(RealmName.DEFAULT, Tokens.NOON);
    realm = store.realms().all().get(0);
    store
        .signingKeys()
        .add(
            new NewKey(realm, "web", Algorithm.HS256, new byte[0], new byte[32], Optional.empty()),
            Tokens.NOON,
            ACTOR);
    access = new Access(() -> Map.of("default", realm));
  }

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void signedToken_isIssuedAndRefreshed_withTheKeyThatSignedIt() throws Exception {
    IssueTokenResponse issued = issueJwt("one");
    assertThat(issued.getSecret()).isEqualTo("e30.b25l.alice");
    assertThat(row(issued.getSecret()).ties().signingKeyId()).isEqualTo(SIGNING_KEY);
    assertThat(signer.expireTime).contains(Tokens.NOON.plusSeconds(60));
    assertThat(signer.caller).isEqualTo(admin.caller());

    RefreshTokenResponse refreshed =
        refresher(store.tokenFamilies())
            .refresh(
                RefreshTokenRequest.newBuilder()
                    .setToken(issued.getSecret())
                    .setLifetime(Duration.newBuilder().setSeconds(120))
                    .setJwt(jwt("two"))
                    .build(),
                admin);

    assertThat(refreshed.getSecret()).isEqualTo("e30.dHdv.alice");
    assertThat(row(refreshed.getSecret()).ties().signingKeyId()).isEqualTo(SIGNING_KEY);
    assertThat(signer.expireTime).contains(Tokens.NOON.plusSeconds(120));
    // Whoever signs the same again makes the same token, so nodes must hear of it.
    assertThat(store.revisions())
        .contains(
            Lookups.ofToken(realm.name(), issued.getSecret()),
            Lookups.ofToken(realm.name(), refreshed.getSecret()));
  }

  @Test
  void signedToken_thatIsLiveAlready_isRefused() throws Exception {
    issueJwt("one");
    assertThatThrownBy(() -> issueJwt("one")).hasMessage("TOKEN_EXISTS");
  }

  @Test
  void tokenOfAnOriginalServer_isTakenOver_andThenRefreshed() {
    Lookup lookup = Lookups.ofToken(realm.name(), "original.token");
    assertThat(cache.load(lookup).join()).isEmpty();
    assertThat(cache.isKnownAbsent(lookup)).isTrue();
    original.familyEnd = Tokens.NOON.plusSeconds(60);

    RefreshTokenResponse refreshed = refresh("original.token");

    assertThat(refreshed.getToken().getSubject()).isEqualTo("alice");
    assertThat(row("original.token").isRevoked()).isTrue();
    assertThat(cache.isKnownAbsent(lookup)).isFalse();
    assertThat(refresh("original.token").getRepeated()).isTrue();
  }

  @Test
  void tokenOfAnOriginalServer_pastItsWindow_hasExpired_andLeavesNoRow() {
    original.familyEnd = Tokens.NOON;
    original.inserts = false;
    assertThat(refresh("original.token").getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_EXPIRED);
    assertThat(store.tokenFamilies().find(Lookups.ofToken(realm.name(), "original.token")))
        .isEmpty();
  }

  @Test
  void otherText_isNeverTakenOver() {
    assertThat(refresh("not-an-original").getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
  }

  @Test
  void refresh_thatMayHaveCommitted_isForgottenInMemory_andAnsweredTheSecondTime()
      throws Exception {
    IssueTokenResponse issued = issueJwt("one");
    Lookup lookup = Lookups.ofToken(realm.name(), issued.getSecret());
    cache.load(lookup).join();
    RefreshTokenRequest request =
        RefreshTokenRequest.newBuilder().setToken(issued.getSecret()).build();

    assertThatThrownBy(() -> refresher(new CommitsAndFails()).refresh(request, admin))
        .isInstanceOf(RefusedException.class)
        .hasMessage("STORE_UNAVAILABLE");

    assertThat(cache.cached(lookup)).isNull();
    assertThat(cache.load(lookup).join().orElseThrow().isRevoked()).isTrue();
    RefreshTokenResponse again = refresher(store.tokenFamilies()).refresh(request, admin);
    assertThat(again.getRepeated()).isTrue();
    assertThat(row(again.getSecret()).isRevoked()).isFalse();
    assertThat(row(again.getSecret()).id().toString()).isEqualTo(again.getToken().getId());
  }

  private IssueTokenResponse issueJwt(String payload) throws Exception {
    Sealer sealer = Sealer.open(MasterKey.parse("01".repeat(32)), store.sealingKeys(), Tokens.NOON);
    return new IssueToken(
            access,
            new Validation(),
            (anyRealm, appId) -> false,
            store.tokenWriter(),
            cache,
            sealer,
            ids,
            signer,
            new Modules(store.modules(), store.realms()),
            new AnonymousQuotas(store.anonymousTokens(), Runnable::run, () -> Tokens.NOON),
            () -> Tokens.NOON)
        .issue(
            IssueTokenRequest.newBuilder()
                .setSubject("alice")
                .setLifetime(Duration.newBuilder().setSeconds(60))
                .setJwt(jwt(payload))
                .setRefresh(
                    RefreshSpec.newBuilder()
                        .setWindow(Duration.newBuilder().setSeconds(600))
                        .setItself(RefreshWithItself.getDefaultInstance()))
                .build(),
            admin);
  }

  private static JwtFormat jwt(String payload) {
    return JwtFormat.newBuilder()
        .setKey("web")
        .setAlgorithm(SigningAlgorithm.SIGNING_ALGORITHM_HS256)
        .setHeader(ByteString.copyFromUtf8("{}"))
        .setPayload(ByteString.copyFromUtf8(payload))
        .build();
  }

  private RefreshTokenResponse refresh(String secret) {
    return refresher(store.tokenFamilies())
        .refresh(RefreshTokenRequest.newBuilder().setToken(secret).build(), admin);
  }

  private RefreshTokens refresher(TokenFamilies families) {
    return new RefreshTokens(
        access,
        new Validation(),
        (anyRealm, appId) -> false,
        families,
        store.tokenReader(),
        epochs,
        cache,
        ids,
        signer,
        original,
        () -> Tokens.NOON);
  }

  private final Epochs epochs = new Epochs();

  private Token row(String secret) {
    return store.tokenReader().byLookup(Lookups.ofToken(realm.name(), secret)).orElseThrow();
  }

  /** Signs with the subject's name. */
  private static final class Signer implements TokenSigner {
    private Optional<Instant> expireTime = Optional.empty();
    private Caller caller;

    @Override
    public Signed sign(
        Realm realm, JwtFormat format, String subject, Optional<Instant> end, Caller by) {
      expireTime = end;
      caller = by;
      java.util.Base64.Encoder base64 = java.util.Base64.getUrlEncoder().withoutPadding();
      return new Signed(
          Secret.of(
              base64.encodeToString(format.getHeader().toByteArray())
                  + "."
                  + base64.encodeToString(format.getPayload().toByteArray())
                  + "."
                  + subject),
          SIGNING_KEY);
    }
  }

  /** Vouches for one token, and says what becomes of it. */
  private final class Original implements ForeignTokenAdopter {
    private Instant familyEnd = Tokens.NOON;
    private boolean inserts = true;

    @Override
    public boolean isCandidate(Realm where, String presented) {
      return presented.equals("original.token");
    }

    @Override
    public Optional<Token> adopt(Realm where, String presented, Actor actor) {
      TokenId id = ids.next();
      Token token =
          Token.of(
              Lookups.ofToken(where.name(), presented),
              id,
              where,
              new Token.Attributes(
                  "access",
                  "alice",
                  Scopes.of(List.of()),
                  "",
                  Optional.empty(),
                  Optional.of(Tokens.NOON),
                  new Ties("web", null, new Ties.Family(id, familyEnd), SIGNING_KEY)),
              Tokens.NOON.minusSeconds(60),
              Optional.empty());
      if (inserts) {
        try {
          store.tokenWriter().insert(token, true, Optional.empty(), ACTOR);
        } catch (DuplicateIdException | DuplicateRequestException e) {
          throw new IllegalStateException(e);
        }
      }
      return Optional.of(token);
    }
  }

  /** The twin, but for the answers of rotations. */
  private final class CommitsAndFails implements TokenFamilies {
    @Override
    public Optional<FamilyMember> find(Lookup lookup) {
      return store.tokenFamilies().find(lookup);
    }

    @Override
    public Optional<FamilyMember> findEither(Lookup first, Lookup second) {
      return store.tokenFamilies().findEither(first, second);
    }

    @Override
    public Optional<FamilyMember> renewerOf(Token token) {
      return store.tokenFamilies().renewerOf(token);
    }

    @Override
    public Rotation.Outcome rotate(Rotation rotation, Actor actor, Consumer<Lookup> touched)
        throws DuplicateIdException {
      store.tokenFamilies().rotate(rotation, actor, touched);
      throw RefusedException.of(Refusal.STORE_UNAVAILABLE);
    }

    @Override
    public void revoke(
        Realm where, TokenId family, Instant at, Actor actor, Consumer<Lookup> touched) {
      throw RefusedException.of(Refusal.STORE_UNAVAILABLE);
    }

    @Override
    public Optional<Token> bind(
        Realm where,
        TokenId id,
        Binding binding,
        Instant at,
        Actor actor,
        Consumer<Lookup> touched) {
      throw RefusedException.of(Refusal.STORE_UNAVAILABLE);
    }
  }
}
