package io.jeton.server.config;

import io.jeton.server.domain.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a secret is: {@code env:NAME} or {@code file:PATH}. A secret itself is never written in the
 * configuration.
 */
public record SecretReference(String text) {
  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";

  public SecretReference {
    if (!(text.startsWith(ENVIRONMENT) && text.length() > ENVIRONMENT.length())
        && !(text.startsWith(FILE) && text.length() > FILE.length())) {
      throw new IllegalArgumentException("not a reference to a secret");
    }
  }

  /**
   * Reads the secret, without the line end of a file. Blocks.
   *
   * @param key the setting, for the message
   * @throws ConfigException when there is nothing to read
   */
  public Secret resolve(String key, Map<String, String> environment) throws ConfigException {
    if (text.startsWith(ENVIRONMENT)) {
      String value = environment.get(text.substring(ENVIRONMENT.length()));
      if (value == null) {
        throw new ConfigException(key, text, "an environment variable that is set");
      }
      return Secret.of(value);
    }
    Path file = Path.of(text.substring(FILE.length()));
    try {
      return Secret.of(Files.readString(file, StandardCharsets.UTF_8).stripTrailing());
    } catch (IOException e) {
      throw new ConfigException(key, text, "a file that can be read");
    }
  }
}
