package io.jeton.server.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a backup: a file of mode 0600 that gets its name when it is whole and on disk. Closing it
 * before leaves nothing, nor does a process that is told to end. Blocks; for one thread.
 */
public final class BackupWriter implements AutoCloseable {
  private final Path target;
  private final Path draft;
  private final FileChannel channel;
  private final ZipOutputStream zip;
  private final Consumer<String> lines;
  private final List<Manifest.Part> parts = new ArrayList<>();

  /** A process that is told to end closes nothing. */
  private final Thread removal = new Thread(this::removeDraft, "jeton-backup-draft");

  private BackupWriter(Path target, Path draft, FileChannel channel, Consumer<String> lines) {
    this.target = target;
    this.draft = draft;
    this.channel = channel;
    this.lines = lines;
    this.zip =
        new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
  }

  /** What writes a part. */
  @FunctionalInterface
  public interface Content<E extends Exception> {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException, E;
  }

  /**
   * Begins a backup.
   *
   * @param lines is told how far it has come
   * @throws BackupException when there is such a file, or none can be made there
   */
  public static BackupWriter create(Path target, Consumer<String> lines) throws BackupException {
    requireNew(target);
    Path file = target.toAbsolutePath();
    Path directory = file.getParent();
    if (directory == null) {
      throw new BackupException(target + " is no file");
    }
    try {
      Path draft =
          Files.createTempFile(
              directory,
              file.getFileName() + ".",
              ".part",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      BackupWriter writer =
          new BackupWriter(file, draft, FileChannel.open(draft, StandardOpenOption.WRITE), lines);
      Runtime.getRuntime().addShutdownHook(writer.removal);
      return writer;
    } catch (IOException e) {
      throw problem("cannot make " + target, e);
    }
  }

  /** Refuses a file that is there. */
  public static void requireNew(Path target) throws BackupException {
    if (Files.exists(target)) {
      throw new BackupException(target + " exists already (expected: the name of a new file)");
    }
  }

  /** Adds a part. */
  public <E extends Exception> void add(String name, Content<E> content) throws BackupException, E {
    Digesting digesting = new Digesting(zip, new Progress("backed up", lines));
    try {
      zip.putNextEntry(new ZipEntry(name));
      content.writeTo(digesting);
      digesting.close();
      zip.closeEntry();
    } catch (IOException e) {
      throw problem("cannot write " + target, e);
    }
    parts.add(digesting.part(name));
  }

  /** Adds the manifest and gives the file its name. */
  public void finish(String jeton, String schema, Instant time) throws BackupException {
    try {
      zip.putNextEntry(new ZipEntry(Manifest.NAME));
      zip.write(Manifest.of(jeton, schema, time, parts).json());
      zip.closeEntry();
      zip.finish();
      zip.flush();
      channel.force(true);
      channel.close();
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel entries =
          FileChannel.open(target.resolveSibling("."), StandardOpenOption.READ)) {
        entries.force(true);
      }
    } catch (IOException e) {
      throw problem("cannot write " + target, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      lines.accept("cannot close " + draft);
    }
    removeDraft();
    try {
      Runtime.getRuntime().removeShutdownHook(removal);
    } catch (IllegalStateException e) {
      // It runs already.
    }
  }

  private void removeDraft() {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      lines.accept("cannot remove " + draft);
    }
  }

  private static BackupException problem(String what, IOException e) {
    return new BackupException(what + ": " + Reasons.of(e), e);
  }
}
