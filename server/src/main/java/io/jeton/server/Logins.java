package io.jeton.server;

import io.jeton.server.api.Access;
import io.jeton.server.api.CheckPasswords;
import io.jeton.server.api.Hashing;
import io.jeton.server.api.LoginThrottle;
import io.jeton.server.api.ManageAccounts;
import io.jeton.server.api.Validation;
import io.jeton.server.cache.Snapshot;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.domain.Realm;
import io.jeton.server.storage.mysql.MySqlStore;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a node does with accounts.
 *
 * @param hashing hashes passwords
 * @param schemes how many password hashes of each scheme there are, by the realm's id
 */
record Logins(
    ManageAccounts accounts,
    CheckPasswords checkPasswords,
    Hashing hashing,
    Snapshot<Map<Integer, Map<String, Integer>>> schemes) {
  /** How often the schemes of the password hashes are counted. */
  private static final Duration SCHEMES_PERIOD = Duration.ofMinutes(1);

  /** Puts it together from its parts. Blocks. */
  static Logins of(Assembly.Parts parts, Access access, Validation validation) {
    MySqlStore store = parts.store();
    Hashing hashing = new Hashing(parts.hashing(), parts.metrics());
    Snapshot<Map<Integer, Map<String, Integer>>> schemes = new Snapshot<>(() -> schemes(store));
    return new Logins(
        new ManageAccounts(
            access, validation, store.accounts(), parts.cache(), hashing, parts.clock()),
        new CheckPasswords(
            access,
            validation,
            store.accounts(),
            parts.blocking(),
            hashing,
            new LoginThrottle(limits(parts.config()), parts.clock()),
            schemes,
            parts.sealer(),
            parts.metrics()),
        hashing,
        schemes);
  }

  /** Has the schemes counted again from now on. */
  void keepFresh(Background background) {
    background.every(SCHEMES_PERIOD, schemes::refreshQuietly);
  }

  private static LoginThrottle.Limits limits(JetonConfig config) {
    return new LoginThrottle.Limits(
        config.logins().failuresPerAccount(),
        config.logins().failuresPerAddress(),
        config.logins().window());
  }

  private static Map<Integer, Map<String, Integer>> schemes(MySqlStore store) {
    return store.realms().all().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Realm::id, realm -> store.accounts().sampleSchemes(realm)));
  }
}
