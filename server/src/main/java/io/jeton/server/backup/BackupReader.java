package io.jeton.server.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A backup whose every part is as its manifest says. Blocks; for one thread. */
public final class BackupReader implements AutoCloseable {
  private static final int LONGEST_TEXT = 4096;

  private final Path file;
  private final ZipFile zip;
  private final Manifest manifest;

  private BackupReader(Path file, ZipFile zip, Manifest manifest) {
    this.file = file;
    this.zip = zip;
    this.manifest = manifest;
  }

  /**
   * Opens a backup and checks all of it.
   *
   * @param lines is told how far that has come
   * @throws BackupException when it is no backup, not whole, or of a newer format
   */
  public static BackupReader open(Path file, Consumer<String> lines) throws BackupException {
    if (!Files.isRegularFile(file)) {
      throw new BackupException(file + ": no such file");
    }
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new BackupException(file + " is no backup, or not a whole one", e);
    } catch (IOException e) {
      throw new BackupException("cannot read " + file + ": " + Reasons.of(e), e);
    }
    try {
      BackupReader reader = new BackupReader(file, zip, manifest(file, zip));
      reader.check(lines);
      return reader;
    } catch (IOException e) {
      close(zip);
      throw new BackupException(file + " is damaged: " + Reasons.of(e), e);
    } catch (BackupException | RuntimeException e) {
      close(zip);
      throw e;
    }
  }

  public Manifest manifest() {
    return manifest;
  }

  /** A part to read. */
  public InputStream part(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("there is no " + name);
    }
    return zip.getInputStream(entry);
  }

  /** The text of a small part, if there is one. */
  public Optional<String> text(String name) throws BackupException {
    if (manifest.part(name).isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = part(name)) {
      return Optional.of(new String(in.readNBytes(LONGEST_TEXT), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new BackupException("cannot read " + file + ": " + Reasons.of(e), e);
    }
  }

  @Override
  public void close() {
    close(zip);
  }

  private static Manifest manifest(Path file, ZipFile zip) throws BackupException, IOException {
    ZipEntry entry = zip.getEntry(Manifest.NAME);
    if (entry == null) {
      throw new BackupException(file + " is no backup of jeton: it has no " + Manifest.NAME);
    }
    Manifest manifest;
    try (InputStream in = zip.getInputStream(entry)) {
      manifest = Manifest.parse(in.readNBytes(1 << 20));
    }
    if (manifest.format() != Manifest.FORMAT) {
      throw new BackupException(
          file + " is of a format that this jeton does not know: jeton " + manifest.jeton());
    }
    return manifest;
  }

  private void check(Consumer<String> lines) throws BackupException, IOException {
    for (Manifest.Part part : manifest.parts()) {
      Digesting digesting =
          new Digesting(OutputStream.nullOutputStream(), new Progress("checked", lines));
      try (InputStream in = part(part.name())) {
        in.transferTo(digesting);
      }
      if (!digesting.part(part.name()).equals(part)) {
        throw new BackupException(file + " is damaged: " + part.name() + " was changed");
      }
    }
  }

  private static void close(ZipFile zip) {
    try {
      zip.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}
