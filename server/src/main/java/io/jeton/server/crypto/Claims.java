package io.jeton.server.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** The members of a JSON object that is part of a JSON Web Token. */
public final class Claims {
  /** 9999-12-31T23:59:59Z. */
  private static final long LARGEST_SECONDS = 253_402_300_799L;

  private final ObjectNode object;

  Claims(ObjectNode object) {
    this.object = object;
  }

  /** Reads one JSON object in UTF-8 without a name in it twice; empty when it is anything else. */
  public static Optional<Claims> parse(byte[] json) {
    return StrictJson.object(json).map(Claims::new);
  }

  public boolean has(String name) {
    return object.has(name);
  }

  /** The text of a claim; empty when there is none or it is no text. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(object.path(name).textValue());
  }

  /** The text of a claim, or its decimal form if it is an integer; empty when it is neither. */
  public Optional<String> textOrInteger(String name) {
    JsonNode value = object.path(name);
    return value.isIntegralNumber() ? Optional.of(value.asText()) : text(name);
  }

  /** A claim as whole seconds since 1970; empty when there is none or it is anything else. */
  public Optional<Instant> time(String name) {
    JsonNode value = object.path(name);
    return value.isIntegralNumber()
            && value.canConvertToLong()
            && value.longValue() >= 0
            && value.longValue() <= LARGEST_SECONDS
        ? Optional.of(Instant.ofEpochSecond(value.longValue()))
        : Optional.empty();
  }
}
