package io.jeton.server.api;

import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountRef.By;
import io.jeton.server.domain.AccountStore.Credentials;
import io.jeton.server.domain.NameKeys;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accounts by everything that they can be found by. */
final class AccountHolders {
  private final Map<Key, Credentials> byKey = new HashMap<>();

  AccountHolders(List<Credentials> accounts) {
    for (Credentials each : accounts) {
      byKey.put(new Key(By.ID, each.account().id().toString()), each);
      keys(each.account().names()).forEach((by, key) -> byKey.put(new Key(by, key), each));
    }
  }

  private record Key(By by, String key) {}

  Optional<Credentials> find(By by, String key) {
    return Optional.ofNullable(byKey.get(new Key(by, key)));
  }

  /** What no two accounts may have both: names and e-mails folded, the others as they are. */
  static Map<By, String> keys(Account.Names names) {
    Map<By, String> keys = new EnumMap<>(By.class);
    names.name().ifPresent(text -> keys.put(By.NAME, NameKeys.fold(text)));
    names.email().ifPresent(text -> keys.put(By.EMAIL, NameKeys.fold(text)));
    names.phone().ifPresent(text -> keys.put(By.PHONE, text));
    names.qq().ifPresent(text -> keys.put(By.QQ, text));
    return keys;
  }
}
