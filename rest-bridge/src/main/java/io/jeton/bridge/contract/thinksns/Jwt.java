package io.jeton.bridge.contract.thinksns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.jeton.v1.JwtFormat;
import io.jeton.v1.SigningAlgorithm;
import java.security.SecureRandom;
import java.time.Instant;

/** The tokens of this contract, as they are signed: header and claims in the original's order. */
final class Jwt {
  private static final ByteString HEADER =
      ByteString.copyFromUtf8("{\"typ\":\"JWT\",\"alg\":\"HS256\"}");
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int JTI_LENGTH = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Jwt() {}

  /**
   * A token to be signed.
   *
   * @param key the name of the signing key
   * @param issuer the claim {@code iss}
   * @param issuedAt the claim {@code iat}
   * @param now the claim {@code nbf}
   * @param end the claim {@code exp}
   * @param subject the claim {@code sub}
   */
  static JwtFormat format(
      String key, String issuer, Instant issuedAt, Instant now, Instant end, long subject) {
    ObjectNode claims =
        JsonNodeFactory.instance
            .objectNode()
            .put("iss", issuer)
            .put("iat", issuedAt.getEpochSecond())
            .put("exp", end.getEpochSecond())
            .put("nbf", now.getEpochSecond())
            .put("jti", newJti())
            .put("sub", subject)
            .put("prv", Claims.PROVIDER);
    return JwtFormat.newBuilder()
        .setKey(key)
        .setAlgorithm(SigningAlgorithm.SIGNING_ALGORITHM_HS256)
        .setHeader(HEADER)
        .setPayload(ByteString.copyFromUtf8(claims.toString()))
        .build();
  }

  private static String newJti() {
    StringBuilder jti = new StringBuilder(JTI_LENGTH);
    for (int i = 0; i < JTI_LENGTH; i++) {
      jti.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return jti.toString();
  }
}
