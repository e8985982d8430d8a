package io.jeton.server.cli;

import io.jeton.client.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Small files beside the command: the server's address and service keys. All methods block. */
final class LocalFiles {
  private static final int MAX_BYTES = 4096;

  private LocalFiles() {}

  /** The text of a file without the white space around it; empty when there is no such file. */
  static Optional<String> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new CliException(ExitCode.LOCAL_FILE, file + ": longer than 4 KiB");
      }
      return Optional.of(new String(bytes, StandardCharsets.UTF_8).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CliException(ExitCode.LOCAL_FILE, "cannot read " + file + ": " + why(e));
    }
  }

  /** Makes an empty file that only its owner can read. */
  static void createPrivate(Path file) {
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        FileAttribute<?> mode =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, mode);
      } else {
        Files.createFile(file);
      }
    } catch (IOException e) {
      throw new CliException(ExitCode.LOCAL_FILE, "cannot create " + file + ": " + why(e));
    }
  }

  /** Copies what can be read once into a temporary file that only its owner can read. */
  static Path privateCopy(InputStream in) {
    Path file;
    try {
      // Where the system has modes, such a file is made with 0600.
      file = Files.createTempFile("jeton-", ".jsonl");
    } catch (IOException e) {
      throw new CliException(ExitCode.LOCAL_FILE, "cannot create a temporary file: " + why(e));
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      in.transferTo(out);
      return file;
    } catch (IOException e) {
      discard(file);
      throw new CliException(ExitCode.LOCAL_FILE, "cannot copy standard input: " + why(e));
    }
  }

  /** What to say of a file that could not be read. */
  static CliException unreadable(String file, IOException e) {
    String why = e instanceof NoSuchFileException ? "no such file" : why(e);
    return new CliException(ExitCode.LOCAL_FILE, "cannot read " + file + ": " + why);
  }

  /** Writes a key on one line. */
  static void write(Path file, Secret key) throws IOException {
    Files.writeString(file, key.reveal() + "\n", StandardOpenOption.WRITE);
  }

  /** Removes a file that is of no more use. */
  static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is private; what led here is the thing to tell.
    }
  }

  private static String why(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "it exists already";
    }
    return e.getMessage() == null ? "input/output error" : e.getMessage();
  }
}
