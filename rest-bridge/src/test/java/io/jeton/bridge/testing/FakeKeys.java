package io.jeton.bridge.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.bridge.CoreException;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.ForeignTokens;
import io.jeton.v1.JwtFormat;
import io.jeton.v1.SigningAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signing keys of a {@link FakeCore}: HMAC only. */
final class FakeKeys {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final int SECRET_BYTES = 64;

  private final List<Key> keys = new ArrayList<>();
  private final Map<String, ForeignTokens> policies = new HashMap<>();
  private final Set<String> revokedJtis = new HashSet<>();

  private record Key(String realm, String name, SigningAlgorithm algorithm, byte[] secret) {}

  /**
   * A token of an original server that a key vouches for.
   *
   * @param refreshEnd when it can no longer be refreshed; empty: it never can be
   */
  record Foreign(
      String subject,
      String issuer,
      Instant issueTime,
      Instant expireTime,
      Optional<Instant> refreshEnd) {}

  void add(String realm, String name, SigningAlgorithm algorithm, byte[] secret) {
    keys.add(new Key(realm, name, algorithm, secret));
  }

  void trust(String realm, String name, Optional<ForeignTokens> policy) {
    policies.remove(realm + "/" + name);
    policy.ifPresent(each -> policies.put(realm + "/" + name, each));
  }

  void revokeJti(String realm, String name, String jti) {
    revokedJtis.add(realm + "/" + name + "/" + jti);
  }

  String sign(String realm, JwtFormat format, String subject, Optional<Instant> expireTime) {
    JsonNode payload = json(format.getPayload().toByteArray());
    String algorithm = format.getAlgorithm().name().replace("SIGNING_ALGORITHM_", "");
    boolean fits =
        json(format.getHeader().toByteArray()).path("alg").asText().equals(algorithm)
            && (!payload.has("sub") || payload.get("sub").asText().equals(subject))
            && (!payload.has("exp")
                || expireTime.isPresent()
                    && payload.get("exp").asLong() == expireTime.get().getEpochSecond());
    if (!fits) {
      throw new CoreException(ErrorReason.ERROR_REASON_FIELD_INVALID);
    }
    Key key = newest(realm, format.getKey()).orElseGet(() -> generated(realm, format));
    if (key.algorithm != format.getAlgorithm()) {
      throw new CoreException(ErrorReason.ERROR_REASON_FIELD_INVALID);
    }
    String signed =
        ENCODER.encodeToString(format.getHeader().toByteArray())
            + "."
            + ENCODER.encodeToString(format.getPayload().toByteArray());
    return signed + "." + ENCODER.encodeToString(mac(key, signed));
  }

  /** What a key that vouches for tokens of an original server knows of one. */
  Optional<Foreign> foreign(String realm, String token, Instant now) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
      JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
      return keys.stream()
          .filter(key -> key.realm.equals(realm))
          .filter(key -> key.algorithm.name().endsWith("_" + header.path("alg").asText()))
          .filter(key -> MessageDigest.isEqual(mac(key, parts[0] + "." + parts[1]), signature))
          .flatMap(key -> foreign(key, claims, now).stream())
          .findFirst();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<Foreign> foreign(Key key, JsonNode claims, Instant now) {
    ForeignTokens policy = policies.get(key.realm + "/" + key.name);
    for (String required : List.of("iss", "iat", "exp", "nbf", "jti", "sub")) {
      if (!claims.has(required)) {
        return Optional.empty();
      }
    }
    Instant issued = Instant.ofEpochSecond(claims.get("iat").asLong());
    boolean vouches =
        policy != null
            && issued.isBefore(Instant.ofEpochSecond(policy.getAcceptUntil().getSeconds()))
            && !issued.isAfter(now)
            && claims.get("nbf").asLong() <= now.getEpochSecond()
            && policy.getClaimsMap().entrySet().stream()
                .allMatch(
                    claim ->
                        !claims.has(claim.getKey())
                            || claims.get(claim.getKey()).asText().equals(claim.getValue()))
            && !revokedJtis.contains(key.realm + "/" + key.name + "/" + claims.get("jti").asText());
    return vouches
        ? Optional.of(
            new Foreign(
                claims.get("sub").asText(),
                policy.getIssuer(),
                issued,
                Instant.ofEpochSecond(claims.get("exp").asLong()),
                policy.hasRefreshWindow()
                    ? Optional.of(issued.plusSeconds(policy.getRefreshWindow().getSeconds()))
                    : Optional.empty()))
        : Optional.empty();
  }

  private Optional<Key> newest(String realm, String name) {
    return keys.stream()
        .filter(key -> key.realm.equals(realm) && key.name.equals(name))
        .reduce((older, newer) -> newer);
  }

  private Key generated(String realm, JwtFormat format) {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    add(realm, format.getKey(), format.getAlgorithm(), secret);
    return newest(realm, format.getKey()).orElseThrow();
  }

  private static JsonNode json(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new CoreException(ErrorReason.ERROR_REASON_FIELD_INVALID);
    }
  }

  private static byte[] mac(Key key, String text) {
    String algorithm =
        switch (key.algorithm) {
          case SIGNING_ALGORITHM_HS256 -> "HmacSHA256";
          case SIGNING_ALGORITHM_HS512 -> "HmacSHA512";
          default -> throw new CoreException(ErrorReason.ERROR_REASON_FIELD_INVALID);
        };
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.secret, algorithm));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
