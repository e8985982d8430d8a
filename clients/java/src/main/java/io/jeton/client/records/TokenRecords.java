package io.jeton.client.records;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.jeton.v1.TokenRecord;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Makes messages of lines about tokens. Immutable, safe for use by several threads; blocks when a
 * secret is read from a file.
 */
final class TokenRecords {
  /** The contract whose lists show tokens again. */
  private static final String REVEALING = "animeloop";

  private static final int LONGEST_NAME = 255;

  private final SecretReferences references;

  TokenRecords(SecretReferences references) {
    this.references = references;
  }

  TokenRecord parse(Members members) throws BadLineException {
    String contract = members.requiredText("contract");
    boolean isRevealing = contract.equals(REVEALING);
    TokenRecord.Builder token =
        TokenRecord.newBuilder()
            .setRealm(members.text("realm").orElse(""))
            .setIssuer(members.text("issuer").orElse(contract))
            .setImportedId(members.idOrZero("id").orElse(""))
            .setKind(members.text("kind").orElse(""))
            .addAllScopes(members.texts("scopes"))
            .setAppId(members.text("app_id").orElse(""))
            .setModule(members.text("module").orElse(""))
            .setSubModule(members.text("sub_module").orElse(""))
            .setMachine(members.text("machine").orElse(""))
            .setRevealable(members.flag("revealable").orElse(isRevealing));
    secret(members, token, isRevealing);
    Optional<String> name = members.text("name");
    if (name.isPresent()) {
      if (name.get().codePointCount(0, name.get().length()) > LONGEST_NAME) {
        throw members.problem("name", "must be at most " + LONGEST_NAME + " characters");
      }
      token.setName(name.get());
    }
    members.account("account").ifPresent(token::setAccount);
    members.time("issue_time").ifPresent(time -> token.setIssueTime(timestamp(time)));
    members.end("expire_time").ifPresent(time -> token.setExpireTime(timestamp(time)));
    members.time("last_use").ifPresent(time -> token.setLastUseTime(timestamp(time)));
    return token.build();
  }

  private void secret(Members members, TokenRecord.Builder token, boolean isRevealing)
      throws BadLineException {
    Optional<String> secret = members.text("token");
    Optional<String> sha256 = members.text("sha256");
    if (secret.isPresent() == sha256.isPresent()) {
      throw members.problem(
          "token",
          secret.isPresent() ? "must not be given beside sha256" : "is missing, and so is sha256");
    }
    if (sha256.isPresent()) {
      if (isRevealing) {
        throw members.problem("sha256", "is not enough: this contract shows its tokens again");
      }
      if (!sha256.get().matches("[0-9A-Fa-f]{64}")) {
        throw members.problem("sha256", "must be 64 hexadecimal digits");
      }
      token.setSha256(ByteString.copyFrom(HexFormat.of().parseHex(sha256.get())));
      return;
    }
    try {
      ByteString bytes = references.resolve(secret.orElseThrow());
      if (!bytes.isValidUtf8()) {
        throw members.problem("token", "is not UTF-8");
      }
      token.setToken(bytes.toStringUtf8());
    } catch (SecretReferences.UnreadableException e) {
      throw members.problem("token", String.valueOf(e.getMessage()));
    }
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
