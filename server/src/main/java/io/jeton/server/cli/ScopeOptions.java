package io.jeton.server.cli;

import io.jeton.client.ModuleScope;
import io.jeton.client.Secret;
import io.jeton.client.TokenRef;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the code of a licence is looked for. */
final class ScopeOptions {
  @Option(
      names = "--module",
      required = true,
      paramLabel = "MODULE",
      description = "The module that the code is a licence for.")
  private String module = "";

  @Option(
      names = "--sub-module",
      paramLabel = "NAME",
      description = "The sub-module that it is a licence for. Default: the module itself")
  private String subModule = "";

  @Option(
      names = "--issuer",
      paramLabel = "INSTANCE",
      description = "The contract instance that made it. Default: it was made through gRPC")
  private String issuer = "";

  /** The token with this id, which needs no options. */
  static TokenRef ref(String id, @Nullable ScopeOptions options) {
    if (options != null) {
      throw new CliException(ExitCode.USAGE, "--module does not go with --id");
    }
    return TokenRef.id(id);
  }

  /** The token with this secret: a licence when there are options. */
  static TokenRef ref(Secret secret, @Nullable ScopeOptions options) {
    return options == null
        ? TokenRef.secret(secret)
        : TokenRef.licence(
            secret, new ModuleScope(options.module, options.subModule, options.issuer));
  }
}
