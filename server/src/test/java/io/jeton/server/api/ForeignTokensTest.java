package io.jeton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.jeton.server.cache.LastUses;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.crypto.KeySealer;
import io.jeton.server.crypto.MasterKey;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Algorithm;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Epochs;
import io.jeton.server.domain.ForeignTokenPolicy;
import io.jeton.server.domain.Grants;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenIds;
import io.jeton.server.storage.AccountState;
import io.jeton.server.storage.MySqlStoreExtension;
import io.jeton.server.storage.Race;
import io.jeton.server.storage.Samples;
import io.jeton.server.testing.Jwts;
import io.jeton.server.testing.SettableClock;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.RevokedJtiRecord;
import io.jeton.v1.ServedFrom;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The thinksns document's tokens, in the days when they were valid, on a real database. */
class ForeignTokensTest {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  /** Between the issue of both and the end of the first. */
  private static final Instant IN_2017 = Instant.parse("2017-07-30T00:00:00Z");

  private static final Instant CUT_OFF = Instant.parse("2017-08-01T00:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(40_320);

  private final SettableClock clock = new SettableClock(IN_2017);
  private final ExecutorService executor = Executors.newFixedThreadPool(4);
  private Realm realm;
  private SigningKeys keys;
  private ForeignTokens foreign;
  private TokenCache cache;
  private LastUses uses;
  private VerifyTokens verify;
  private Epochs epochs;
  private ManageTokens manage;
  private Identity identity;
  private int keyId;

  @BeforeEach
  void open() throws Exception {
    mysql.realms().ensure(Samples.realm("default"), IN_2017);
    realm = mysql.realms().all().get(0);
    mysql.putAccount(realm, 1, AccountState.ACTIVE);
    Sealer sealer = Sealer.open(MasterKey.parse("ab".repeat(32)), mysql.sealingKeys(), IN_2017);
    keys = new SigningKeys(mysql.signingKeys(), new KeySealer(sealer), clock);
    cache =
        new TokenCache(
            mysql.tokenLookup(),
            new TokenCache.Settings(
                1 << 20, 100, Duration.ofMinutes(5), Duration.ofSeconds(5), 2, 200),
            Ticker.systemTicker());
    foreign =
        new ForeignTokens(
            keys,
            mysql.foreignTokens(),
            cache,
            new TokenIds(() -> Instant.parse("2026-06-01T00:00:00Z"), new SecureRandom()),
            clock);
    Access access = new Access(() -> Map.of("default", realm));
    Modules modules = new Modules(mysql.modules(), mysql.realms());
    uses = new LastUses(mysql.licences(), clock);
    epochs = new Epochs();
    verify =
        new VerifyTokens(
            access,
            cache,
            modules,
            uses,
            epochs,
            new Adoptions(foreign, executor, Duration.ofSeconds(5)),
            new Acts(mysql.actLog(), executor, Duration.ofSeconds(5), clock),
            (anyRealm, appId) -> false,
            clock,
            (verdict, from) -> {});
    manage =
        new ManageTokens(
            access,
            new Validation(),
            mysql.tokenReader(),
            mysql.tokenWriter(),
            modules,
            uses,
            epochs,
            cache,
            foreign,
            new SecretSources(sealer, keys),
            clock);
    identity =
        new Identity(
            new Caller(
                7,
                "bridge",
                Grants.of(Map.of("*", EnumSet.of(Permission.ADMIN))),
                IN_2017,
                Optional.empty()),
            "192.0.2.1",
            "req-1");
    keyId =
        keys.add(
                realm,
                "thinksns",
                Algorithm.HS256,
                Optional.of(Jwts.SECRET.getBytes(StandardCharsets.UTF_8)),
                Actor.SERVER)
            .id();
    trust(new ForeignTokenPolicy(CUT_OFF, Optional.of(WINDOW), Map.of(), "thinksns"));
  }

  @AfterEach
  void close() {
    executor.shutdownNow();
    uses.close();
    cache.close();
  }

  @Test
  void theDocumentsTokens_areActive_andListedFromThenOn() {
    for (String text : List.of(Jwts.CREATED, Jwts.REFRESHED)) {
      VerifyTokenResponse first = verify(text);
      assertThat(first.getActive()).isTrue();
      assertThat(first.getServedFrom()).isEqualTo(ServedFrom.SERVED_FROM_STORE);
      assertThat(first.getToken().getSubject()).isEqualTo("1");
      assertThat(first.getToken().getAccountId()).isEqualTo("1");
      assertThat(first.getToken().getIssuer()).isEqualTo("thinksns");
      assertThat(first.getToken().getKind()).isEqualTo("access");
      verify(text);
      assertThat(verify(text).getServedFrom()).isEqualTo(ServedFrom.SERVED_FROM_CACHE);
    }
    Token row = row(Jwts.REFRESHED);
    assertThat(row.issueTime()).isEqualTo(Instant.ofEpochSecond(1_500_365_517));
    assertThat(row.expireTime()).contains(Instant.ofEpochSecond(1_501_575_128));
    assertThat(row.ties().signingKeyId()).isEqualTo(keyId);
    assertThat(row.ties().family())
        .isEqualTo(new Ties.Family(row.id(), row.issueTime().plus(WINDOW)));
    assertThat(mysql.audit())
        .filteredOn(each -> each.action().equals("AdoptToken"))
        .hasSize(2)
        .allMatch(each -> each.at().equals(IN_2017))
        .allMatch(each -> each.actor().equals(new Actor(7, "192.0.2.1", "req-1")));
  }

  @Test
  void aToken_thatWasAskedForBeforeItsKey_isTakenAsSoonAsItCanBe() {
    trust(null);
    assertThat(verify(Jwts.CREATED).getReason()).isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    assertThat(verify(Jwts.CREATED).getServedFrom()).isEqualTo(ServedFrom.SERVED_FROM_CACHE);

    trust(new ForeignTokenPolicy(CUT_OFF, Optional.empty(), Map.of(), ""));
    assertThat(verify(Jwts.CREATED).getActive()).isTrue();
    assertThat(row(Jwts.CREATED).ties().family()).isNull();
  }

  @Test
  void aTokenPastAllItsWindows_isExpired_withoutARow() {
    clock.set(Instant.parse("2026-06-01T12:00:00Z"));

    assertThat(verify(Jwts.CREATED).getReason()).isEqualTo(InactiveReason.INACTIVE_REASON_EXPIRED);
    assertThat(mysql.tokenReader().byLookup(Samples.lookup(realm, Jwts.CREATED))).isEmpty();
  }

  @Test
  void aTokenPastItsEnd_butNotItsWindow_hasARow_toBeRefreshed() {
    clock.set(Instant.ofEpochSecond(1_502_523_852));
    assertThat(verify(Jwts.CREATED).getReason()).isEqualTo(InactiveReason.INACTIVE_REASON_EXPIRED);
    assertThat(row(Jwts.CREATED).isRevoked()).isFalse();
  }

  @Test
  void aTokenExactlyAtTheEndOfItsWindow_isPast() {
    clock.set(Instant.ofEpochSecond(1_501_314_252).plus(WINDOW));

    Token token = foreign.adopt(realm, Jwts.CREATED, Actor.SERVER).orElseThrow();
    assertThat(token.expireTime()).contains(Instant.ofEpochSecond(1_502_523_852));
    assertThat(mysql.tokenReader().byLookup(token.lookup())).isEmpty();
  }

  @Test
  void aRevokedToken_staysRevoked_howeverOftenItIsPresented() {
    RevokeTokenRequest revoke = RevokeTokenRequest.newBuilder().setToken(Jwts.CREATED).build();
    assertThat(manage.revoke(revoke, identity).getToken().hasRevokeTime()).isTrue();

    for (int i = 0; i < 3; i++) {
      assertThat(verify(Jwts.CREATED).getReason())
          .isEqualTo(InactiveReason.INACTIVE_REASON_REVOKED);
      assertThat(foreign.adopt(realm, Jwts.CREATED, Actor.SERVER).orElseThrow().isRevoked())
          .isTrue();
    }
    assertThat(verify(Jwts.REFRESHED).getActive()).isTrue();
  }

  @Test
  void aToken_isTakenOnce_whenSixtyFourPresentItAtOnce() throws Exception {
    var outcomes = Race.run(64, n -> () -> verify(Jwts.CREATED));

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(outcomes).allMatch(outcome -> outcome.value().getActive());
    assertThat(outcomes)
        .extracting(outcome -> outcome.value().getToken().getId())
        .containsOnly(row(Jwts.CREATED).id().toString());
    assertThat(mysql.audit()).filteredOn(each -> each.action().equals("AdoptToken")).hasSize(1);
  }

  @Test
  void anAccountThatDoesNotVouch_leavesTheTokenUnknown() throws Exception {
    for (AccountState state :
        List.of(
            AccountState.banned(IN_2017),
            AccountState.disabled(IN_2017),
            AccountState.ended(Instant.ofEpochSecond(1_501_314_252)))) {
      mysql.putAccount(realm, 1, state);
      assertThat(verify(Jwts.CREATED).getReason())
          .isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    }
    mysql.putAccount(realm, 1, AccountState.ended(Instant.ofEpochSecond(1_501_314_251)));
    assertThat(verify(Jwts.CREATED).getActive()).isTrue();
  }

  @Test
  void whatTheOriginalServerRevoked_isUnknown() {
    mysql
        .foreignTokens()
        .addRevokedJti(
            realm,
            "thinksns",
            "oSEite0NzxcDSI2P",
            Optional.empty(),
            IN_2017,
            any -> {},
            Actor.SERVER);

    assertThat(verify(Jwts.CREATED).getReason()).isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
    assertThat(verify(Jwts.REFRESHED).getActive()).isTrue();
  }

  @Test
  void aToken_isTakenByTheFirstName_whosePolicyAcceptsIt() {
    int twin =
        keys.add(
                realm,
                "zz",
                Algorithm.HS256,
                Optional.of(Jwts.SECRET.getBytes(StandardCharsets.UTF_8)),
                Actor.SERVER)
            .id();
    foreign.setPolicy(
        realm,
        "zz",
        Optional.of(new ForeignTokenPolicy(CUT_OFF, Optional.of(WINDOW), Map.of(), "second")),
        Actor.SERVER);
    assertThat(verify(Jwts.REFRESHED).getToken().getIssuer()).isEqualTo("thinksns");
    trust(new ForeignTokenPolicy(Instant.EPOCH, Optional.empty(), Map.of(), "thinksns"));

    assertThat(verify(Jwts.CREATED).getToken().getIssuer()).isEqualTo("second");
    assertThat(row(Jwts.CREATED).ties().signingKeyId()).isEqualTo(twin);
  }

  @Test
  void anImportedRevocation_ofATokenThatIsHeld_isSeenAtOnce() {
    assertThat(verify(Jwts.CREATED).getActive()).isTrue();
    verify(Jwts.CREATED);
    assertThat(verify(Jwts.CREATED).getServedFrom()).isEqualTo(ServedFrom.SERVED_FROM_CACHE);

    new ImportKeys(new Validation(), keys, mysql.foreignTokens(), cache, clock)
        .apply(
            realm,
            RevokedJtiRecord.newBuilder().setKey("thinksns").setJti("oSEite0NzxcDSI2P").build(),
            Actor.SERVER);

    assertThat(verify(Jwts.CREATED).getReason()).isEqualTo(InactiveReason.INACTIVE_REASON_REVOKED);
  }

  @Test
  void acceptUntil_isTheFirstIssueTime_thatIsNotTaken() {
    Instant issued = Instant.ofEpochSecond(1_501_314_252);
    trust(new ForeignTokenPolicy(issued, Optional.empty(), Map.of(), ""));
    assertThat(verify(Jwts.CREATED).getActive()).isFalse();

    trust(new ForeignTokenPolicy(issued.plusNanos(1_000), Optional.empty(), Map.of(), ""));
    assertThat(verify(Jwts.CREATED).getActive()).isTrue();
  }

  @Test
  void claims_mustHaveTheirText_ifTheyAreThere() {
    trust(new ForeignTokenPolicy(CUT_OFF, Optional.empty(), Map.of("prv", "48e4"), ""));

    assertThat(verify(payload("\"prv\":\"48e4\"")).getActive()).isTrue();
    assertThat(verify(payload("\"x\":1")).getActive()).isTrue();
    assertThat(verify(payload("\"prv\":\"48e5\"")).getActive()).isFalse();
    assertThat(verify(payload("\"prv\":48")).getActive()).isFalse();
    assertThat(verify(payload("\"prv\":null")).getActive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "iat", "exp", "nbf", "jti", "sub"})
  void aTokenWithoutAClaimItMustHave_isUnknown(String claim) {
    String whole =
        "{\"iss\":\"i\",\"iat\":1500000000,\"exp\":1502000000,\"nbf\":1500000000,\"jti\":\"j\","
            + "\"sub\":1}";
    assertThat(verify(Jwts.hs256(Jwts.SECRET, whole)).getActive()).isTrue();

    String without = whole.replace("\"" + claim + "\"", "\"other\"");
    assertThat(verify(Jwts.hs256(Jwts.SECRET, without)).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "1,true",
    "'\"1\"',true",
    "0,false",
    "-1,false",
    "1.0,false",
    "1e0,false",
    "'\"01\"',false",
    "'\" 1\"',false",
    "'\"\"',false",
    "null,false",
    "true,false",
    "[1],false",
    "2,false",
    "9007199254740992,false",
    "99999999999999999999,false"
  })
  void sub_mustBeTheIdOfAnAccount(String sub, boolean active) {
    String text =
        Jwts.hs256(
            Jwts.SECRET,
            "{\"iss\":\"i\",\"iat\":1500000000,\"exp\":1502000000,\"nbf\":1500000000,"
                + ("\"jti\":\"j\",\"sub\":" + sub + "}"));
    assertThat(verify(text).getActive()).isEqualTo(active);
  }

  /** The original server's clock may be a minute ahead. */
  @Test
  void iatAndNbf_mayBeAMinuteAhead_andNoMore() {
    trust(new ForeignTokenPolicy(IN_2017.plus(Duration.ofDays(1)), Optional.empty(), Map.of(), ""));
    long now = IN_2017.getEpochSecond();

    assertThat(verify(times(now + 60, now + 60)).getActive()).isTrue();
    assertThat(verify(times(now + 61, now)).getActive()).isFalse();
    assertThat(verify(times(now, now + 61)).getActive()).isFalse();
  }

  @Test
  void aKeyThatWasRetired_stillVouches_andARevokedOneDoesNot() {
    keys.retire(realm, keyId, false, Actor.SERVER);
    assertThat(verify(Jwts.CREATED).getActive()).isTrue();

    keys.retire(realm, keyId, true, Actor.SERVER);
    assertThat(verify(Jwts.REFRESHED).getReason())
        .isEqualTo(InactiveReason.INACTIVE_REASON_UNKNOWN);
  }

  @Test
  void isCandidate_isFalse_forWhatNoKeySigned() {
    assertThat(foreign.isCandidate(realm, Jwts.CREATED)).isTrue();
    assertThat(foreign.isCandidate(realm, Jwts.CREATED + "A")).isFalse();
    assertThat(foreign.isCandidate(realm, Jwts.hs256("other", "{}"))).isFalse();
    assertThat(foreign.isCandidate(realm, "T1")).isFalse();
    assertThat(foreign.isCandidate(new Realm(realm.id() + 1, realm.name()), Jwts.CREATED))
        .isFalse();
  }

  private String payload(String extra) {
    return Jwts.hs256(
        Jwts.SECRET,
        "{\"iss\":\"i\",\"iat\":1500000000,\"exp\":1502000000,\"nbf\":1500000000,\"jti\":\"j\","
            + ("\"sub\":1," + extra + "}"));
  }

  private static String times(long iat, long nbf) {
    return Jwts.hs256(
        Jwts.SECRET,
        "{\"iss\":\"i\",\"iat\":"
            + (iat + ",\"exp\":" + (iat + 3_600) + ",\"nbf\":" + nbf)
            + ",\"jti\":\"j\",\"sub\":1}");
  }

  private void trust(ForeignTokenPolicy policy) {
    foreign.setPolicy(realm, "thinksns", Optional.ofNullable(policy), Actor.SERVER);
  }

  private VerifyTokenResponse verify(String text) {
    return verify
        .verify(
            VerifyTokenRequest.newBuilder().setToken(text).build(),
            identity.caller(),
            () -> identity)
        .join();
  }

  private Token row(String text) {
    return mysql.tokenReader().byLookup(Samples.lookup(realm, text)).orElseThrow();
  }
}
