package io.jeton.server.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a backup says of itself.
 *
 * @param format how its parts are to be read; {@value #FORMAT} is all there has been
 * @param jeton the version of the program that made it
 * @param schema the version of the database's schema
 * @param time when it was begun, in RFC 3339
 * @param parts the other entries of the archive, in order
 */
public record Manifest(
    @JsonProperty("format") int format,
    @JsonProperty("jeton") String jeton,
    @JsonProperty("schema") String schema,
    @JsonProperty("time") String time,
    @JsonProperty("parts") List<Part> parts) {
  static final int FORMAT = 1;
  static final String NAME = "manifest.json";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** Copies the list. */
  public Manifest {
    parts = List.copyOf(parts);
  }

  /** One entry of the archive, with its length and SHA-256 in hexadecimal. */
  public record Part(
      @JsonProperty("name") String name,
      @JsonProperty("bytes") long bytes,
      @JsonProperty("sha256") String sha256) {}

  static Manifest of(String jeton, String schema, Instant time, List<Part> parts) {
    return new Manifest(FORMAT, jeton, schema, time.toString(), parts);
  }

  /** The part of a name. */
  public Optional<Part> part(String name) {
    return parts.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  byte[] json() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a text that JSON has no form for", e);
    }
  }

  static Manifest parse(byte[] json) throws java.io.IOException {
    return JSON.readValue(json, Manifest.class);
  }
}
