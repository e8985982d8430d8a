package io.jeton.server.api;

import com.google.protobuf.Timestamp;
import io.jeton.server.crypto.Lookups;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.crypto.TokenFormat;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.ImportedToken;
import io.jeton.server.domain.Licence;
import io.jeton.server.domain.LicensedModule;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.SecretSource;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.v1.TokenRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Records of tokens: held to the limits that the proto file says in words alone, and read. */
final class TokenRecords {
  private static final long LARGEST_INTEGER = (1L << 53) - 1;
  private static final long FIRST_SECOND = -62_135_596_800L;
  private static final long LAST_SECOND = 253_402_300_799L;
  private static final int LARGEST_NANOS = 999_999_999;

  private TokenRecords() {}

  /** Refuses a record that is outside of them. */
  static void require(TokenRecord record) {
    if (record.getModule().isEmpty()
        && record.getToken().startsWith(TokenFormat.TOKEN_PREFIX)) {
      throw RefusedException.ofField("token", "must not begin with jt_");
    }
    if (record.getRevealable() && !record.hasToken()) {
      throw RefusedException.ofField("sha256", "cannot be shown again: the token itself can");
    }
    if (!record.getImportedId().isEmpty()
        && Long.parseLong(record.getImportedId()) > LARGEST_INTEGER) {
      throw RefusedException.ofField("imported_id", "must be from 0 to " + LARGEST_INTEGER);
    }
    if (record.getModule().isEmpty()) {
      requireNoLicence("sub_module", !record.getSubModule().isEmpty());
      requireNoLicence("machine", !record.getMachine().isEmpty());
      requireNoLicence("last_use_time", record.hasLastUseTime());
    }
    requireReal("issue_time", record.getIssueTime());
    requireReal("expire_time", record.getExpireTime());
    requireReal("last_use_time", record.getLastUseTime());
  }

  private static void requireNoLicence(String field, boolean isGiven) {
    if (isGiven) {
      throw RefusedException.ofField(field, "must be empty when there is no module");
    }
  }

  private static void requireReal(String field, Timestamp time) {
    if (time.getSeconds() < FIRST_SECOND
        || time.getSeconds() > LAST_SECOND
        || time.getNanos() < 0
        || time.getNanos() > LARGEST_NANOS) {
      throw RefusedException.ofField(field, "must be in the years 1 to 9999");
    }
  }

  /** What a record's secret is found by. */
  static Lookup lookup(Realm realm, TokenRecord record, Optional<LicensedModule> module) {
    byte[] digest = digest(record);
    return module
        .map(each -> Lookups.ofLicenceDigest(realm.name(), each, record.getIssuer(), digest))
        .orElseGet(() -> Lookups.ofTokenDigest(realm.name(), digest));
  }

  /** The SHA-256 of a record's secret. */
  static byte[] digest(TokenRecord record) {
    return record.hasToken() ? Lookups.digest(record.getToken()) : record.getSha256().toByteArray();
  }

  static ImportedToken token(
      Realm realm,
      TokenRecord record,
      Optional<AccountId> account,
      Optional<LicensedModule> module,
      TokenId id,
      Instant now,
      Sealer sealer) {
    Lookup lookup = lookup(realm, record, module);
    Token token =
        Token.of(
            lookup,
            id,
            realm,
            attributes(record, account, module),
            time(record.hasIssueTime(), record.getIssueTime()).orElse(now),
            Optional.empty());
    return new ImportedToken(
        token,
        record.getImportedId().isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(record.getImportedId())),
        time(record.hasLastUseTime(), record.getLastUseTime()),
        source(record, lookup, sealer));
  }

  private static Token.Attributes attributes(
      TokenRecord record, Optional<AccountId> account, Optional<LicensedModule> module) {
    Ties ties =
        new Ties(
            record.getIssuer(),
            module.isPresent() ? null : account.orElse(null),
            null,
            0,
            module.map(each -> new Licence(each, record.getMachine())).orElse(null));
    return new Token.Attributes(
        record.getKind().isEmpty() ? "access" : record.getKind(),
        account.map(AccountId::subject).orElse(""),
        Scopes.of(record.getScopesList()),
        record.getAppId(),
        record.hasName() ? Optional.of(record.getName()) : Optional.empty(),
        time(record.hasExpireTime(), record.getExpireTime()),
        ties);
  }

  private static Optional<SecretSource> source(TokenRecord record, Lookup lookup, Sealer sealer) {
    return record.getRevealable()
        ? Optional.of(SecretSources.sealed(lookup, Secret.of(record.getToken()), sealer))
        : Optional.empty();
  }

  /** In microseconds, as the store keeps it. */
  private static Optional<Instant> time(boolean isGiven, Timestamp time) {
    return isGiven
        ? Optional.of(Micros.toInstant(Micros.of(Messages.instant(time))))
        : Optional.empty();
  }
}
