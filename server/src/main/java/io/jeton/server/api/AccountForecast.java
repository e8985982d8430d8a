package io.jeton.server.api;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountKeys;
import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.AccountRef.By;
import io.jeton.server.domain.AccountStore.Credentials;
import io.jeton.server.domain.Imported;
import io.jeton.server.domain.ImportedAccount;
import io.jeton.server.domain.RefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What would become of the accounts of an import, each seen after those before it. Remembers who
 * would have which name in some 40 bytes each, so that large files can be checked; after two
 * million names it remembers no more, and conflicts within the file are found when it is applied.
 * Not safe for use by several threads.
 */
final class AccountForecast {
  private static final int MOST_NAMES = 2_000_000;

  /** Owns the names that an account would give up. */
  private static final long NOBODY = 0;

  private final LongMap owners = new LongMap();
  private long lastNewcomer;

  /**
   * Says what would become of an account.
   *
   * @param holders at least the accounts of the store that have an id or name of this one
   * @throws RefusedException ACCOUNT_EXISTS for a field that would be another account's
   */
  Imported of(String realm, ImportedAccount asked, AccountHolders holders) {
    Optional<Credentials> present = present(realm, asked, holders);
    OptionalLong known =
        present
            .map(each -> OptionalLong.of(each.account().id().value()))
            .orElseGet(() -> claimed(realm, asked));
    long owner = known.orElseGet(() -> asked.id().map(AccountId::value).orElse(--lastNewcomer));
    Map<By, String> keys = AccountHolders.keys(asked.names());
    keys.forEach(
        (by, key) -> {
          if (isTaken(realm, by, key, owner, holders)) {
            throw RefusedException.ofTaken(by.name().toLowerCase(Locale.ROOT));
          }
        });
    present.ifPresent(each -> giveUp(realm, each, keys, owner));
    keys.forEach((by, key) -> remember(hash(realm, by, key), owner));
    asked.id().ifPresent(id -> remember(hash(realm, By.ID, id.toString()), owner));
    if (present.isEmpty()) {
      return known.isPresent() ? Imported.UNCHANGED : Imported.CREATED;
    }
    return asked.changeOf(present.get()).isPresent() ? Imported.CHANGED : Imported.UNCHANGED;
  }

  /** Whether a line above gave an account what this names it by. */
  boolean names(String realm, AccountRef ref) {
    return switch (ref.by()) {
      case ID, PHONE, QQ -> isGiven(realm, ref.by(), ref.text());
      case NAME, EMAIL -> isGiven(realm, ref.by(), AccountKeys.fold(ref.text()));
      case LOGIN ->
          isGiven(realm, By.PHONE, ref.text())
              || isGiven(realm, By.EMAIL, AccountKeys.fold(ref.text()))
              || isGiven(realm, By.NAME, AccountKeys.fold(ref.text()));
    };
  }

  private boolean isGiven(String realm, By by, String key) {
    OptionalLong owner = owners.get(hash(realm, by, key));
    return owner.isPresent() && owner.getAsLong() != NOBODY;
  }

  private Optional<Credentials> present(
      String realm, ImportedAccount asked, AccountHolders holders) {
    AccountRef ref = asked.ref().orElseThrow();
    String key = key(asked, ref);
    OptionalLong owner = owners.get(hash(realm, ref.by(), key));
    if (ref.by() != By.ID && owner.isPresent()) {
      return holders.find(By.ID, Long.toString(owner.getAsLong()));
    }
    return holders.find(ref.by(), key);
  }

  /** Who was given the name by a line above. */
  private OptionalLong claimed(String realm, ImportedAccount asked) {
    AccountRef ref = asked.ref().orElseThrow();
    OptionalLong owner = owners.get(hash(realm, ref.by(), key(asked, ref)));
    return owner.isPresent() && owner.getAsLong() == NOBODY ? OptionalLong.empty() : owner;
  }

  private boolean isTaken(String realm, By by, String key, long owner, AccountHolders holders) {
    OptionalLong claim = owners.get(hash(realm, by, key));
    return claim.isPresent()
        ? claim.getAsLong() != owner && claim.getAsLong() != NOBODY
        : holders.find(by, key).map(each -> each.account().id().value() != owner).orElse(false);
  }

  private void giveUp(String realm, Credentials present, Map<By, String> keys, long owner) {
    AccountHolders.keys(present.account().names())
        .forEach(
            (by, key) -> {
              long hash = hash(realm, by, key);
              if (keys.containsKey(by)
                  && !key.equals(keys.get(by))
                  && owners.get(hash).orElse(owner) == owner) {
                remember(hash, NOBODY);
              }
            });
  }

  private void remember(long hash, long owner) {
    if (owners.size() < MOST_NAMES || owners.get(hash).isPresent()) {
      owners.put(hash, owner);
    }
  }

  private static String key(ImportedAccount asked, AccountRef ref) {
    return ref.by() == By.ID
        ? ref.text()
        : String.valueOf(AccountHolders.keys(asked.names()).get(ref.by()));
  }

  /** 64 bits of a digest: two of a million names meet by chance once in 37 million files. */
  private static long hash(String realm, By by, String key) {
    try {
      byte[] text = (realm + "\0" + by + "\0" + key).getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
