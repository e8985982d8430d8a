package io.jeton.bridge.contract.animeloop;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.ByteString;
import io.jeton.v1.Account;
import io.jeton.v1.JwtFormat;
import io.jeton.v1.SigningAlgorithm;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The tokens of this contract, as they are signed: header and claims in the original's order. */
final class Jwt {
  private static final ByteString HEADER =
      ByteString.copyFromUtf8("{\"typ\":\"JWT\",\"alg\":\"HS256\"}");
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Jwt() {}

  /**
   * A token to be signed.
   *
   * @param key the name of the signing key
   * @param account whom it is about, as the account is now
   * @param date the claim {@code date}, of which the milliseconds count
   */
  static JwtFormat format(String key, Account account, Instant date) {
    byte[] claims =
        Answers.bytes(
            JsonNodeFactory.instance
                .objectNode()
                .put("uid", Long.parseLong(account.getId()))
                .put("username", account.getName())
                .put("date", MILLISECONDS.format(date)));
    return JwtFormat.newBuilder()
        .setKey(key)
        .setAlgorithm(SigningAlgorithm.SIGNING_ALGORITHM_HS256)
        .setHeader(HEADER)
        .setPayload(ByteString.copyFrom(claims))
        .build();
  }
}
