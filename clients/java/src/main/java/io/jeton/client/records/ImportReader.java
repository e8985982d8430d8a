package io.jeton.client.records;

import io.jeton.v1.ImportRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads the records of an {@link ImportFile} one by one; no more than one is held in memory. Not
 * safe for use by several threads; blocks.
 */
public final class ImportReader implements AutoCloseable {
  private final Lines lines;
  private final Records records;

  ImportReader(InputStream in, SecretReferences references) {
    this.lines = new Lines(in);
    this.records = new Records(references);
  }

  /**
   * The next record, with the number of its line; empty at the end. Empty lines are skipped.
   *
   * @throws BadLineException when the next line is no record; the next call reads the line after it
   */
  public Optional<ImportRequest> next() throws IOException, BadLineException {
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      if (!line.get().isBlank()) {
        return Optional.of(records.parse(lines.number(), line.get()));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
