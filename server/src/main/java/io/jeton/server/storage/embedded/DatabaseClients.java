package io.jeton.server.storage.embedded;

import io.jeton.server.domain.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

/**
 * The programs that came with an embedded database, on one that runs: they read where it answers,
 * and its password, from the option file in its directory. Methods block; for one thread at a time.
 */
public final class DatabaseClients {
  private final ServerBinary binary;
  private final Path clientFile;
  private final Properties options;

  private DatabaseClients(ServerBinary binary, Path clientFile, Properties options) {
    this.binary = binary;
    this.clientFile = clientFile;
    this.options = options;
  }

  /**
   * Those for the database that runs on a data directory.
   *
   * @throws EmbeddedDatabaseException when none has ever run there, or its file cannot be read
   */
  public static DatabaseClients of(EmbeddedDatabaseSettings settings)
      throws EmbeddedDatabaseException {
    Path file = DatabaseDirectory.in(settings.dataDirectory()).clientFile();
    Properties options = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      options.load(in);
    } catch (IOException e) {
      throw new EmbeddedDatabaseException(
          file + " cannot be read: run this as the user that the server runs as", e);
    }
    return new DatabaseClients(ServerBinary.locate(settings), file, options);
  }

  /** Whether a data directory holds an embedded database. */
  public static boolean isDatabaseIn(Path dataDirectory) {
    return Files.isDirectory(DatabaseDirectory.in(dataDirectory).data());
  }

  /** Where it answers, without credentials. */
  public String jdbcUrl() {
    return "jdbc:mysql://127.0.0.1:" + options.getProperty("port") + "/" + Credentials.DATABASE;
  }

  public String user() {
    return Credentials.USER;
  }

  public Secret password() {
    return Secret.of(options.getProperty("password", ""));
  }

  /**
   * Writes the statements that make the whole database again, as it is at one moment, while others
   * go on writing to it.
   */
  public void dump(OutputStream to) throws EmbeddedDatabaseException, IOException {
    Process process =
        start(
            binary.client("mariadb-dump", "mysqldump"),
            "--single-transaction",
            "--quick",
            "--skip-lock-tables",
            "--no-tablespaces",
            "--hex-blob",
            "--default-character-set=utf8mb4",
            Credentials.DATABASE);
    try {
      CompletableFuture<String> complaints = complaints(process);
      process.getOutputStream().close();
      process.getInputStream().transferTo(to);
      requireEnded(process, complaints, "the dump failed");
    } finally {
      process.destroyForcibly();
    }
  }

  /** Runs the statements of a dump in the database, which is empty. */
  public void load(InputStream from) throws EmbeddedDatabaseException, IOException {
    Process process =
        start(
            binary.client("mariadb", "mysql"),
            "--batch",
            "--default-character-set=utf8mb4",
            Credentials.DATABASE);
    try {
      CompletableFuture<String> complaints = complaints(process);
      CompletableFuture<String> answers = text(process.getInputStream());
      try (OutputStream statements = process.getOutputStream()) {
        from.transferTo(statements);
      } catch (IOException e) {
        // It ended before it had read everything, and says why; else reading is what failed.
        if (process.isAlive()) {
          throw e;
        }
      }
      requireEnded(process, complaints, "the dump could not be loaded");
      answers.join();
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(Path program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    // Must be the first; the password is in this file and nowhere else.
    command.add("--defaults-file=" + clientFile);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().retainAll(List.of("PATH", "LD_LIBRARY_PATH"));
    return builder.start();
  }

  private static void requireEnded(
      Process process, CompletableFuture<String> complaints, String what)
      throws EmbeddedDatabaseException {
    int status;
    try {
      status = process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedDatabaseException(what + ": it was interrupted", e);
    }
    if (status != 0) {
      String why = complaints.join().lines().findFirst().orElse("exit status " + status);
      throw new EmbeddedDatabaseException(what + ": " + why);
    }
  }

  private static CompletableFuture<String> complaints(Process process) {
    return text(process.getErrorStream());
  }

  /** Read beside everything else, because a full pipe would hold the program up. */
  private static CompletableFuture<String> text(InputStream in) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
