package io.jeton.bridge.contract.lanying;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.jeton.v1.JwtFormat;
import io.jeton.v1.SigningAlgorithm;
import java.time.Instant;

/** The tokens of this contract, as they are signed: header and claims in the original's order. */
final class Jwt {
  /** What the library JJWT writes, which adds no {@code typ} of its own. */
  private static final ByteString HEADER = ByteString.copyFromUtf8("{\"alg\":\"HS512\"}");

  private static final int CLUSTER = 0;

  /** An ordinary user; an administrator would be 2. */
  private static final int USER = 1;

  private Jwt() {}

  /**
   * A user's token to be signed.
   *
   * @param key the name of the signing key
   */
  static JwtFormat format(String key, String appId, String user, Instant issued, Instant end) {
    ObjectNode claims =
        JsonNodeFactory.instance
            .objectNode()
            .put("app", appId)
            .put("sub", user)
            .put("cluster", CLUSTER)
            .put("role", USER)
            .put("iat", issued.getEpochSecond())
            .put("exp", end.getEpochSecond());
    return JwtFormat.newBuilder()
        .setKey(key)
        .setAlgorithm(SigningAlgorithm.SIGNING_ALGORITHM_HS512)
        .setHeader(HEADER)
        .setPayload(ByteString.copyFromUtf8(claims.toString()))
        .build();
  }
}
