package io.jeton.server.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command line says about a node; it goes before the environment and the file.
 *
 * @param config the configuration file to read
 * @param dataDir where the node keeps its files
 * @param host the address to listen on
 * @param port the port of gRPC and REST, 0 for a free one
 * @param opsPort the port of metrics and documentation, 0 for a free one
 * @param demo whether to load what the examples need, and to print them
 * @param importFile a file of records to import before the node answers
 */
public record ServeOptions(
    Optional<Path> config,
    Optional<Path> dataDir,
    Optional<String> host,
    Optional<Integer> port,
    Optional<Integer> opsPort,
    boolean demo,
    Optional<Path> importFile) {}
