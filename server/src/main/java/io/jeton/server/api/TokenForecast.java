package io.jeton.server.api;

import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.RefusedException;
import io.jeton.v1.ModuleRecord;
import io.jeton.v1.TokenRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.OptionalLong;

/**
 * What records above a token's would have made. Remembers two million tokens; a later one that is
 * repeated counts as new. Not safe for use by several threads.
 */
final class TokenForecast {
  private static final int MOST_TOKENS = 2_000_000;

  private final AccountForecast accounts;
  private final ForeseenModules modules = new ForeseenModules();
  private final LongMap tokens = new LongMap();

  TokenForecast(AccountForecast accounts) {
    this.accounts = accounts;
  }

  void add(String realm, ModuleRecord record) {
    modules.add(realm, record);
  }

  boolean hasAccount(String realm, AccountRef ref) {
    return accounts.has(realm, ref);
  }

  boolean hasModule(String realm, TokenRecord record) {
    return modules.has(realm, record.getModule(), record.getSubModule());
  }

  /**
   * Whether no record before was of the same token.
   *
   * @throws RefusedException FIELD_INVALID when one was, of another contract instance
   */
  boolean isFirst(String realm, TokenRecord record) {
    long hash = hash(realm, record);
    int issuer = record.getIssuer().hashCode();
    OptionalLong before = tokens.get(hash);
    if (before.isPresent() && before.getAsLong() != issuer) {
      throw ImportTokens.anotherContracts();
    }
    if (before.isEmpty() && tokens.size() < MOST_TOKENS) {
      tokens.put(hash, issuer);
    }
    return before.isEmpty();
  }

  /** 64 bits of a digest, as of accounts. */
  private static long hash(String realm, TokenRecord record) {
    String scope =
        record.getModule().isEmpty()
            ? ""
            : record.getModule() + '\0' + record.getSubModule() + '\0' + record.getIssuer();
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((realm + '\0' + scope + '\0').getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest.digest(TokenRecords.digest(record))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
