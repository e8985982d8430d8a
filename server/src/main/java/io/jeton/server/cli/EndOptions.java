package io.jeton.server.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When the licences of a module or a sub-module end; one or none of them. */
final class EndOptions {
  @Option(
      names = "--expires-at",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description = "When its licences end, such as 2030-01-01T00:00:00Z.")
  @Nullable Instant at;

  @Option(names = "--never-expires", description = "Its licences have no common end.")
  boolean isNever;
}
