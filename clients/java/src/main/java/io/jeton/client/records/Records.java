package io.jeton.client.records;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.jeton.v1.AccountRecord;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.CreateSigningKeyRequest;
import io.jeton.v1.ImportRequest;
import io.jeton.v1.RealmRecord;
import io.jeton.v1.RevokedJtiRecord;
import io.jeton.v1.SessionRecord;
import io.jeton.v1.SigningAlgorithm;
import io.jeton.v1.SigningKeyRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes messages of lines, by their {@code type}. Immutable, safe for use by several threads;
 * blocks when a secret is read from a file.
 */
final class Records {
  private final SecretReferences references;
  private final TokenRecords tokens;

  Records(SecretReferences references) {
    this.references = references;
    this.tokens = new TokenRecords(references);
  }

  ImportRequest parse(long line, String text) throws BadLineException {
    Members members = Members.parse(line, text);
    ImportRequest.Builder request = ImportRequest.newBuilder().setLine(line);
    String type = members.requiredText("type");
    switch (type) {
      case "realm" -> request.setRealm(realm(members));
      case "account" -> request.setAccount(account(members));
      case "signing_key" -> request.setSigningKey(signingKey(members));
      case "session" -> request.setSession(session(members));
      case "revoked_jti" -> request.setRevokedJti(revokedJti(members));
      case "module" -> request.setModule(RegistryRecords.module(members));
      case "application" ->
          request.setApplication(RegistryRecords.application(members, references));
      case "token" -> request.setToken(tokens.parse(members));
      default ->
          throw members.problem(
              "type",
              "must be realm, account, session, application, module, signing_key, revoked_jti or token");
    }
    members.requireNoMore();
    return request.build();
  }

  private static RealmRecord realm(Members members) throws BadLineException {
    return RealmRecord.newBuilder()
        .setName(members.requiredText("realm"))
        .setTimeZone(members.text("time_zone").orElse(""))
        .build();
  }

  private static AccountRecord account(Members members) throws BadLineException {
    CreateAccountRequest.Builder account =
        CreateAccountRequest.newBuilder()
            .setRealm(members.text("realm").orElse(""))
            .setId(members.id("id").orElse(""))
            .setProfile(members.object("profile").orElse(""));
    members.flag("disabled").ifPresent(account::setDisabled);
    members.flag("banned").ifPresent(account::setBanned);
    members.text("name").ifPresent(account::setName);
    members.text("email").ifPresent(account::setEmail);
    members.text("phone").ifPresent(account::setPhone);
    members.text("qq").ifPresent(account::setQq);
    Optional<String> password = members.text("password");
    Optional<String> hash = members.text("password_hash");
    if (password.isPresent() && hash.isPresent()) {
      throw members.problem("password", "must not be given beside password_hash");
    }
    password.ifPresent(account::setPassword);
    hash.ifPresent(account::setPasswordHash);
    return AccountRecord.newBuilder().setAccount(account).build();
  }

  private SigningKeyRecord signingKey(Members members) throws BadLineException {
    CreateSigningKeyRequest.Builder key =
        CreateSigningKeyRequest.newBuilder()
            .setRealm(members.text("realm").orElse(""))
            .setName(members.requiredText("contract"))
            .setAlgorithm(algorithm(members));
    key.setSecret(secret(members, "secret"));
    return SigningKeyRecord.newBuilder().setKey(key).build();
  }

  private SessionRecord session(Members members) throws BadLineException {
    ByteString sid = secret(members, "sid");
    if (!sid.isValidUtf8()) {
      throw members.problem("sid", "names what is not UTF-8");
    }
    CreateSessionRequest.Builder session =
        CreateSessionRequest.newBuilder()
            .setRealm(members.text("realm").orElse(""))
            .setSid(sid.toStringUtf8())
            .setData(members.object("data").orElse(""))
            .setExpireTime(
                timestamp(
                    members
                        .time("expire_time")
                        .orElseThrow(() -> members.problem("expire_time", "is missing"))));
    SessionRecord.Builder record = SessionRecord.newBuilder().setSession(session);
    members.account("account").ifPresent(record::setAccount);
    return record.build();
  }

  private ByteString secret(Members members, String name) throws BadLineException {
    try {
      return references.resolve(members.requiredText(name));
    } catch (SecretReferences.UnreadableException e) {
      throw members.problem(name, String.valueOf(e.getMessage()));
    }
  }

  private static SigningAlgorithm algorithm(Members members) throws BadLineException {
    return switch (members.requiredText("alg")) {
      case "HS256" -> SigningAlgorithm.SIGNING_ALGORITHM_HS256;
      case "HS512" -> SigningAlgorithm.SIGNING_ALGORITHM_HS512;
      default -> throw members.problem("alg", "must be HS256 or HS512");
    };
  }

  private static RevokedJtiRecord revokedJti(Members members) throws BadLineException {
    RevokedJtiRecord.Builder token =
        RevokedJtiRecord.newBuilder()
            .setRealm(members.text("realm").orElse(""))
            .setKey(members.requiredText("contract"))
            .setJti(members.requiredText("jti"));
    members.time("until").ifPresent(until -> token.setUntil(timestamp(until)));
    return token.build();
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
