package io.jeton.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.jeton.server.crypto.KeySealer;
import io.jeton.server.crypto.MasterKey;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Algorithm;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Grants;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.storage.MySqlStoreExtension;
import io.jeton.server.storage.Race;
import io.jeton.server.storage.Samples;
import io.jeton.server.testing.Jwts;
import io.jeton.v1.JwtFormat;
import io.jeton.v1.SigningAlgorithm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTokenSignerTest {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  private static final String HEADER = "{\"typ\":\"JWT\",\"alg\":\"HS256\"}";
  private static final Instant END = Instant.parse("2030-01-01T00:00:00.5Z");

  private final Caller admin = caller(Permission.ADMIN, Set.of());
  private Realm realm;
  private SigningKeys keys;
  private JwtTokenSigner signer;

  @BeforeEach
  void open() throws Exception {
    mysql.realms().ensure(Samples.realm("default"), Samples.NOW);
    realm = mysql.realms().all().get(0);
    Sealer sealer = Sealer.open(MasterKey.parse("ab".repeat(32)), mysql.sealingKeys(), Samples.NOW);
    keys = new SigningKeys(mysql.signingKeys(), new KeySealer(sealer), () -> Samples.NOW);
    signer = new JwtTokenSigner(keys);
  }

  @Test
  void sign_isExactlyTheBytes_underTheGivenSecret() {
    int id = add("web", "changeme");
    String payload = "{ \"sub\":1, \"iss\":\"http://plus.io/api/v2/tokens\" }";

    TokenSigner.Signed signed = sign(format("web", HEADER, payload), "1", admin);

    assertThat(signed.secret().reveal()).isEqualTo(Jwts.hs256("changeme", payload));
    assertThat(signed.signingKeyId()).isEqualTo(id);
  }

  @Test
  void sign_makesTheKeyAtItsFirstUse_onceHoweverManyAsk() throws Exception {
    var outcomes =
        Race.run(16, n -> () -> sign(format("web", HEADER, "{}"), "1", admin).signingKeyId());

    assertThat(outcomes).allMatch(Race.Outcome::isWon);
    assertThat(outcomes).extracting(Race.Outcome::value).containsOnly(outcomes.get(0).value());
    assertThat(mysql.signingKeys().all()).hasSize(1);
    assertThat(mysql.audit())
        .extracting(each -> each.action() + " by " + each.actor().callerId())
        .containsExactly("CreateSigningKey by 7");
  }

  @Test
  void sign_usesTheNewestActiveKey_andRefusesWhenNoneIs() {
    int first = add("web", "one");
    int second = add("web", "two");
    assertThat(sign(format("web", HEADER, "{}"), "1", admin).signingKeyId()).isEqualTo(second);
    keys.retire(realm, second, false, Actor.SERVER);
    assertThat(sign(format("web", HEADER, "{}"), "1", admin).signingKeyId()).isEqualTo(first);
    keys.retire(realm, first, false, Actor.SERVER);

    assertThat(refused(format("web", HEADER, "{}"), "1", admin).refusal())
        .isEqualTo(Refusal.SIGNING_KEY_RETIRED);
    assertThat(mysql.signingKeys().all()).hasSize(2);
  }

  @Test
  void sign_needsThePermission_ofItsKey() {
    add("web", "one");
    for (Caller allowed :
        new Caller[] {
          caller(Permission.ISSUE, Set.of("web")), caller(Permission.ISSUE, Set.of("*")), admin
        }) {
      assertThat(sign(format("web", HEADER, "{}"), "1", allowed)).isNotNull();
    }
    for (Caller other :
        new Caller[] {
          caller(Permission.ISSUE, Set.of()), caller(Permission.ISSUE, Set.of("webs", "we"))
        }) {
      RefusedException refused = refused(format("web", HEADER, "{}"), "1", other);
      assertThat(refused.refusal()).isEqualTo(Refusal.PERMISSION_MISSING);
      assertThat(refused.permission()).isEqualTo("SIGN:web");
    }
  }

  @Test
  void sign_refusesAnotherAlgorithmThanTheKeys() {
    keys.add(realm, "web", Algorithm.HS512, Optional.empty(), Actor.SERVER);

    assertThat(field(format("web", HEADER, "{}"), "1")).isEqualTo("jwt.algorithm");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "",
        "{\"alg\":\"none\"}",
        "{\"alg\":\"HS512\"}",
        "{\"alg\":\"hs256\"}",
        "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}",
        "{\"alg\":\"HS256\",\"crit\":null}",
        "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
        "{\"alg\":\"HS256\"}."
      })
  void sign_refusesAHeader_thatIsNotTheAlgorithms(String header) {
    assertThat(field(format("web", header, "{}"), "1")).isEqualTo("jwt.header");
    assertThat(mysql.signingKeys().all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|true",
        "{\"exp\":1893456000}|true",
        "{\"exp\":1893456001}|false",
        "{\"exp\":1893455999}|false",
        "{\"exp\":\"1893456000\"}|false",
        "{\"exp\":1893456000.0}|false",
        "{\"exp\":null}|false",
        "{\"sub\":1}|true",
        "{\"sub\":\"1\"}|true",
        "{\"sub\":2}|false",
        "{\"sub\":\"01\"}|false",
        "{\"sub\":1.0}|false",
        "{\"sub\":null}|false",
        "{\"sub\":[1]}|false",
        "{\"sub\":1,\"sub\":1}|false",
        "[]|false",
        "1|false"
      })
  void sign_holdsExpAndSub_toTheToken(String payload, boolean fits) {
    if (fits) {
      assertThat(sign(format("web", HEADER, payload), "1", admin)).isNotNull();
    } else {
      assertThat(field(format("web", HEADER, payload), "1")).isEqualTo("jwt.payload");
    }
  }

  @Test
  void sign_refusesExp_forATokenWithoutEnd() {
    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class,
            () ->
                signer.sign(
                    realm, format("web", HEADER, "{\"exp\":1}"), "1", Optional.empty(), admin));

    assertThat(refused.fields().get(0).field()).isEqualTo("jwt.payload");
  }

  @Test
  void sign_refusesMoreThanTwoKibibytes() {
    String filler = "{\"a\":\"" + "x".repeat(2048 - HEADER.length() - 8) + "\"}";

    assertThat(sign(format("web", HEADER, filler), "1", admin)).isNotNull();
    assertThat(field(format("web", HEADER, filler + " "), "1")).isEqualTo("jwt.payload");
  }

  private int add(String name, String secret) {
    return keys.add(
            realm,
            name,
            Algorithm.HS256,
            Optional.of(secret.getBytes(StandardCharsets.UTF_8)),
            Actor.SERVER)
        .id();
  }

  private TokenSigner.Signed sign(JwtFormat format, String subject, Caller caller) {
    return signer.sign(realm, format, subject, Optional.of(END), caller);
  }

  private RefusedException refused(JwtFormat format, String subject, Caller caller) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> sign(format, subject, caller));
    assertThat(refused).isNotNull();
    return refused;
  }

  private String field(JwtFormat format, String subject) {
    return refused(format, subject, admin).fields().get(0).field();
  }

  private static JwtFormat format(String key, String header, String payload) {
    return JwtFormat.newBuilder()
        .setKey(key)
        .setAlgorithm(SigningAlgorithm.SIGNING_ALGORITHM_HS256)
        .setHeader(ByteString.copyFromUtf8(header))
        .setPayload(ByteString.copyFromUtf8(payload))
        .build();
  }

  private static Caller caller(Permission permission, Set<String> signKeys) {
    return new Caller(
        7,
        "caller",
        Grants.of(
            Map.of("default", EnumSet.of(permission)), Map.of("default", Set.copyOf(signKeys))),
        Samples.NOW,
        Optional.empty());
  }
}
