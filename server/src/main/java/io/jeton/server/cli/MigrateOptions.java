package io.jeton.server.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command line says about a migration; it goes before the environment and the file.
 *
 * @param config the configuration file to read
 * @param dataDir where the node keeps its files
 * @param repair whether to finish one that was left half done
 */
public record MigrateOptions(Optional<Path> config, Optional<Path> dataDir, boolean repair) {}
