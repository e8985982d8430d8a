package io.jeton.server.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes over accounts by the hundred. Implementations are safe for use by several threads. Blocks.
 */
public interface AccountImports {
  /**
   * The accounts of the realm that have the id, name, e-mail, phone or QQ number of one of these.
   */
  List<AccountStore.Credentials> holders(Realm realm, List<ImportedAccount> records);

  /**
   * Brings accounts to what is said of them, in this order, in one transaction with their audit
   * records. It ends before the first that cannot be; those before stay.
   *
   * @param records each with something to tell it from others by
   * @param ending told of each token that ends with its account, before the commit: also when the
   *     call fails
   */
  Applied apply(
      Realm realm, List<ImportedAccount> records, Instant at, Actor actor, Consumer<Lookup> ending);

  /**
   * What became of accounts.
   *
   * @param outcomes of each until the first that could not be
   * @param taken the field of that one which is another account's; empty when all could be
   */
  record Applied(List<Imported> outcomes, Optional<String> taken) {}
}
