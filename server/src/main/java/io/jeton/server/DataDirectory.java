package io.jeton.server;

import io.jeton.server.crypto.MasterKey;
import io.jeton.server.crypto.PrivateFiles;
import io.jeton.server.crypto.TokenFormat;
import io.jeton.server.domain.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that a node keeps its own files in, readable by its owner alone. Methods block. */
final class DataDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  private static final String SERVER_URL = "server.url";
  private static final String SERVER_OPS_URL = "server.ops.url";

  private final Path path;

  private DataDirectory(Path path) {
    this.path = path;
  }

  /** Takes a folder that exists. */
  static DataDirectory open(Path path) {
    return new DataDirectory(path.toAbsolutePath().normalize());
  }

  Path path() {
    return path;
  }

  /** The master key in this folder, made at the first start. */
  MasterKey masterKey() throws StartupException {
    Path file = path.resolve("master.key");
    try {
      return MasterKey.readOrCreate(file);
    } catch (IOException e) {
      throw problem(file.toString(), "a file that can be made and read", e);
    } catch (IllegalArgumentException e) {
      throw new StartupException(file + " holds no master key (expected: 64 hexadecimal digits)");
    }
  }

  /** The master key in this folder, which must be there. */
  MasterKey existingMasterKey() throws StartupException {
    if (!Files.exists(path.resolve("master.key"))) {
      throw new StartupException(
          path.resolve("master.key") + " is not there (expected: it, or the setting master-key)");
    }
    return masterKey();
  }

  /** The first administrator's key, if it still lies in this folder. */
  Optional<Secret> existingAdministratorKey() throws StartupException {
    return Files.exists(administratorKeyFile())
        ? Optional.of(administratorKey())
        : Optional.empty();
  }

  /** Where the first administrator's key is. */
  Path administratorKeyFile() {
    return path.resolve("admin.key");
  }

  /**
   * The first administrator's key, made if there is none. It is written before it is stored, so
   * that a start that was interrupted between the two is finished by the next.
   */
  Secret administratorKey() throws StartupException {
    Path file = administratorKeyFile();
    try {
      try {
        PrivateFiles.create(file, TokenFormat.newServiceKey().reveal() + "\n");
      } catch (FileAlreadyExistsException expected) {
        // Written by a start that was interrupted.
      }
      String key = Files.readString(file, StandardCharsets.UTF_8).strip();
      if (TokenFormat.shapeOf(key) != TokenFormat.Shape.SERVICE_KEY) {
        throw new StartupException(
            file + " holds no service key, and the database has no caller yet: remove the file");
      }
      return Secret.of(key);
    } catch (IOException e) {
      throw problem(file.toString(), "a file that can be made and read", e);
    }
  }

  /** Where a restore puts the database together; it is there only while that is not done. */
  Path restoring() {
    return path.resolve("restoring");
  }

  /** Refuses a folder that a restore has not finished. */
  void requireWhole() throws StartupException {
    if (Files.exists(restoring())) {
      throw new StartupException(
          path + " holds a restore that was interrupted: remove the folder and restore again");
    }
  }

  /** Writes where the running server is, for the command line. */
  void writeServerUrls(String url, String opsUrl) throws StartupException {
    write(SERVER_OPS_URL, opsUrl);
    write(SERVER_URL, url);
  }

  /** Removes that again, as well as it can be done. */
  void deleteServerUrls() {
    for (String name : List.of(SERVER_URL, SERVER_OPS_URL)) {
      try {
        Files.deleteIfExists(path.resolve(name));
      } catch (IOException e) {
        LOG.warn("{} could not be removed", name, e);
      }
    }
  }

  private void write(String name, String line) throws StartupException {
    Path file = path.resolve(name);
    try {
      Files.writeString(file, line + "\n");
    } catch (IOException e) {
      throw problem(file.toString(), "a file that can be written", e);
    }
  }

  private static StartupException problem(String what, String expected, IOException e) {
    String why =
        e instanceof AccessDeniedException
            ? "permission denied"
            : e instanceof FileSystemException fs && fs.getReason() != null
                ? fs.getReason()
                : String.valueOf(e.getMessage());
    return new StartupException(what + ": " + why + " (expected: " + expected + ")", e);
  }
}
