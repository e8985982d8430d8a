package io.jeton.server.cli;

import io.jeton.client.Grant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that says what a caller is allowed. */
final class GrantOptions {
  @Option(
      names = "--grant",
      paramLabel = "REALM:PERMISSION[,PERMISSION...]",
      required = true,
      converter = GrantConverter.class,
      description = {
        "What it is allowed in a realm, or in all of them (*): verify, issue,",
        "revoke, list, login, admin, and sign=KEY to have tokens signed with the keys",
        "of a name or of all (*). Repeat it for several realms."
      })
  private List<Grant> grants = new ArrayList<>();

  List<Grant> grants() {
    return grants;
  }
}
