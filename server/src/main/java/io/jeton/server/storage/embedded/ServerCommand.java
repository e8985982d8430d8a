package io.jeton.server.storage.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of mariadbd; no secret is on them. */
final class ServerCommand {
  static final String DATA_OPTION = "--datadir=";

  private ServerCommand() {}

  /** Makes the system tables in a new data directory, from the statements on its input. */
  static List<String> bootstrap(ServerBinary binary, DatabaseDirectory directory, Path data)
      throws IOException {
    List<String> command = common(binary, directory, data);
    command.add("--bootstrap");
    command.add("--silent-startup");
    command.add("--log-warnings=0");
    command.add("--enforce-storage-engine=");
    return command;
  }

  static List<String> serve(
      ServerBinary binary, DatabaseDirectory directory, EmbeddedDatabaseSettings settings, int port)
      throws IOException {
    List<String> command = common(binary, directory, directory.data());
    command.add("--bind-address=127.0.0.1");
    command.add("--port=" + port);
    // Relative to the data directory: the path of a socket is limited to 107 bytes.
    command.add("--socket=mariadbd.sock");
    command.add("--pid-file=" + directory.pidFile());
    command.add("--log-error=" + directory.log());
    command.add("--init-file=" + directory.initFile());
    command.add("--secure-file-priv=" + directory.temporary());
    command.add("--local-infile=OFF");
    // Loopback only; else every start would make a key and every connection would pay for TLS.
    command.add("--skip-ssl");
    command.add("--skip-log-bin");
    command.add("--performance-schema=OFF");
    command.add("--character-set-server=utf8mb4");
    command.add("--transaction-isolation=READ-COMMITTED");
    command.add("--default-time-zone=+00:00");
    command.add("--innodb-flush-log-at-trx-commit=1");
    command.add("--innodb-buffer-pool-size=" + settings.bufferPoolBytes());
    command.add("--max-connections=" + settings.maxConnections());
    command.add("--table-open-cache=400");
    return command;
  }

  private static List<String> common(ServerBinary binary, DatabaseDirectory directory, Path data)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(binary.executable().toString());
    command.add("--no-defaults");
    if (directory.isOwnedByRoot()) {
      command.add("--user=root");
    }
    command.add("--basedir=" + binary.base());
    command.add(DATA_OPTION + data);
    command.add("--tmpdir=" + directory.temporary());
    command.add("--lc-messages=en_US");
    command.add("--lc-messages-dir=" + binary.share());
    command.add("--character-sets-dir=" + binary.share().resolve("charsets"));
    command.add("--skip-name-resolve");
    // Asynchronous I/O through io_uring was seen to hang under many writers.
    command.add("--innodb-use-native-aio=0");
    return command;
  }
}
