package io.jeton.client.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A file of records to import: JSON Lines in UTF-8, one record a line of at most 64 KiB.
 *
 * <p>The secret of a {@code signing_key} is written as it is or as {@code env:NAME} or {@code
 * file:PATH}, which are read here; one that itself begins with {@code env:} or {@code file:} can
 * only be given as such a reference. Immutable, safe for use by several threads.
 */
public final class ImportFile {
  private final Path path;
  private final SecretReferences references;

  private ImportFile(Path path, SecretReferences references) {
    this.path = path;
    this.references = references;
  }

  /**
   * Names a file; it is not opened yet.
   *
   * @param environment where {@code env:NAME} is looked up
   */
  public static ImportFile of(Path path, Map<String, String> environment) {
    return new ImportFile(path, new SecretReferences(environment));
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Reads it from its beginning. Blocks.
   *
   * @throws IOException when it cannot be opened
   */
  public ImportReader open() throws IOException {
    return new ImportReader(Files.newInputStream(path), references);
  }
}
