package io.jeton.bridge.contract.thinksns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a presented token that the contract goes by. That they can be read says nothing
 * about the signature, which the core checks.
 *
 * @param issuedAt the claim {@code iat}: when the first token of its family was issued
 * @param notBefore the claim {@code nbf}
 * @param subject the claim {@code sub}: the id of the account
 */
record Claims(Instant issuedAt, Instant notBefore, long subject) {
  /** The claim {@code prv} of every token: which kind of account {@code sub} is. */
  static final String PROVIDER = "48e453831ceba5e57a475e68649cfdee6e97d8d2";

  /** The core's limit of a token. */
  private static final int LONGEST = 4096;

  private static final String ALGORITHM = "HS256";
  private static final int PARTS = 3;
  private static final Pattern DOT = Pattern.compile("\\.");
  private static final Pattern ACCOUNT = Pattern.compile("[1-9][0-9]{0,15}");

  /** The last second of the year 9999. */
  private static final long LATEST_SECOND = 253_402_300_799L;

  /**
   * Reads a token.
   *
   * @return the claims; empty if it is no JSON Web Token of HS256 with all claims that are required
   *     and, if it has one, the right {@code prv}
   */
  static Optional<Claims> read(String token) {
    String[] parts = DOT.split(token, -1);
    if (token.getBytes(StandardCharsets.UTF_8).length > LONGEST || parts.length != PARTS) {
      return Optional.empty();
    }
    JsonNode header = json(parts[0]);
    JsonNode claims = json(parts[1]);
    return header != null && claims != null && isSigned(header) && isComplete(claims)
        ? Optional.of(
            new Claims(
                second(claims, "iat"),
                second(claims, "nbf"),
                Long.parseLong(claims.get("sub").asText())))
        : Optional.empty();
  }

  private static boolean isSigned(JsonNode header) {
    return ALGORITHM.equals(header.path("alg").textValue());
  }

  private static boolean isComplete(JsonNode claims) {
    JsonNode subject = claims.path("sub");
    JsonNode provider = claims.path("prv");
    return isText(claims.path("iss"))
        && isText(claims.path("jti"))
        && isSecond(claims.path("iat"))
        && isSecond(claims.path("exp"))
        && isSecond(claims.path("nbf"))
        && (subject.isTextual() || subject.isIntegralNumber())
        && ACCOUNT.matcher(subject.asText()).matches()
        && (provider.isMissingNode() || PROVIDER.equals(provider.textValue()));
  }

  private static boolean isText(JsonNode claim) {
    return claim.isTextual() && !claim.textValue().isEmpty();
  }

  private static boolean isSecond(JsonNode claim) {
    return claim.isIntegralNumber()
        && claim.canConvertToLong()
        && claim.longValue() >= 0
        && claim.longValue() <= LATEST_SECOND;
  }

  private static Instant second(JsonNode claims, String name) {
    return Instant.ofEpochSecond(claims.get(name).longValue());
  }

  private static @Nullable JsonNode json(String part) {
    try {
      return Json.STRICT.readTree(
          new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | JsonProcessingException e) {
      return null;
    }
  }
}
