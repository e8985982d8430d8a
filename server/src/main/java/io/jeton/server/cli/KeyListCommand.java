package io.jeton.server.cli;

import io.jeton.client.JetonClient;
import io.jeton.client.SigningKey;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jeton key list}: shows every signing key of a realm. */
@Command(
    name = "list",
    description = "List the signing keys by name, the oldest first, retired ones too.")
final class KeyListCommand extends ClientCommand {
  @Option(names = "--realm", paramLabel = "REALM", description = "Tenant. Default: default")
  private String realm = "";

  KeyListCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    try (JetonClient client = open()) {
      List<SigningKey> keys = client.keys().list(realm);
      if (isJson()) {
        keys.stream().map(KeyView::json).forEach(this::printJson);
      } else {
        Table table =
            new Table(
                out(), "ID", "NAME", "ALGORITHM", "CREATED", "SIGNS FROM", "RETIRED", "REVOKED");
        for (SigningKey key : keys) {
          table.add(
              key.id(),
              key.name(),
              key.algorithm().name(),
              key.createTime().toString(),
              key.signTime().orElse(key.createTime()).toString(),
              key.retireTime().map(Instant::toString).orElse("-"),
              key.revokeTime().map(Instant::toString).orElse("-"));
        }
        table.end();
      }
    }
    return ExitCode.OK;
  }
}
