package io.jeton.server.api;

import com.google.protobuf.Timestamp;
import io.jeton.server.domain.Algorithm;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Grants;
import io.jeton.server.domain.Licence;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.SigningKey;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.v1.Grant;
import io.jeton.v1.SigningAlgorithm;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The domain's words as messages, and back. */
final class Messages {
  private static final Map<Permission, io.jeton.v1.Permission> TO_PROTO =
      new EnumMap<>(
          Map.of(
              Permission.VERIFY, io.jeton.v1.Permission.PERMISSION_VERIFY,
              Permission.ISSUE, io.jeton.v1.Permission.PERMISSION_ISSUE,
              Permission.REVOKE, io.jeton.v1.Permission.PERMISSION_REVOKE,
              Permission.LIST, io.jeton.v1.Permission.PERMISSION_LIST,
              Permission.ADMIN, io.jeton.v1.Permission.PERMISSION_ADMIN,
              Permission.LOGIN, io.jeton.v1.Permission.PERMISSION_LOGIN,
              Permission.REVEAL, io.jeton.v1.Permission.PERMISSION_REVEAL));

  /** Of a realm, in all its grants together. */
  private static final int MOST_SIGN_KEYS = 64;

  private Messages() {}

  static io.jeton.v1.Token token(Token token) {
    io.jeton.v1.Token.Builder message =
        io.jeton.v1.Token.newBuilder()
            .setId(token.id().toString())
            .setRealm(token.realm().name().value())
            .setKind(token.kind())
            .setSubject(token.subject())
            .addAllScopes(token.scopes().words())
            .setAppId(token.appId())
            .setIssuer(token.issuer())
            .setIssueTime(timestamp(token.issueTime()));
    token.name().ifPresent(message::setName);
    token.expireTime().ifPresent(time -> message.setExpireTime(timestamp(time)));
    token.revokeTime().ifPresent(time -> message.setRevokeTime(timestamp(time)));
    Ties ties = token.ties();
    ties.accountId().ifPresent(account -> message.setAccountId(account.toString()));
    Ties.Family family = ties.family();
    if (family != null) {
      message.setFamilyId(family.id().toString());
      family.endTime().ifPresent(end -> message.setFamilyEndTime(timestamp(end)));
    }
    Licence licence = token.licence();
    if (licence != null) {
      message
          .setModule(licence.module().module())
          .setSubModule(licence.module().subModule())
          .setMachine(licence.machine());
    }
    return message.build();
  }

  static io.jeton.v1.Caller caller(Caller caller) {
    io.jeton.v1.Caller.Builder message =
        io.jeton.v1.Caller.newBuilder()
            .setName(caller.name())
            .setCreateTime(timestamp(caller.createTime()));
    caller
        .grants()
        .permissions()
        .forEach(
            (realm, permissions) ->
                message.addGrants(
                    Grant.newBuilder()
                        .setRealm(realm)
                        .addAllPermissions(permissions.stream().map(TO_PROTO::get).toList())
                        .addAllSignKeys(
                            caller
                                .grants()
                                .signKeys()
                                .getOrDefault(realm, Collections.emptySortedSet()))));
    caller.disableTime().ifPresent(time -> message.setDisableTime(timestamp(time)));
    return message.build();
  }

  /** Grants from messages that have been validated; those of one realm add up. */
  static Grants grants(List<Grant> messages) {
    Map<String, Set<Permission>> permissions = new HashMap<>();
    Map<String, Set<String>> signKeys = new HashMap<>();
    for (Grant grant : messages) {
      Set<Permission> allowed =
          permissions.computeIfAbsent(grant.getRealm(), any -> EnumSet.noneOf(Permission.class));
      TO_PROTO.forEach(
          (permission, message) -> {
            if (grant.getPermissionsList().contains(message)) {
              allowed.add(permission);
            }
          });
      signKeys
          .computeIfAbsent(grant.getRealm(), any -> new HashSet<>())
          .addAll(grant.getSignKeysList());
    }
    signKeys
        .values()
        .forEach(keys -> Validation.requireAtMost("grants", keys.size(), MOST_SIGN_KEYS));
    return Grants.of(permissions, signKeys);
  }

  static io.jeton.v1.SigningKey signingKey(SigningKey key) {
    io.jeton.v1.SigningKey.Builder message =
        io.jeton.v1.SigningKey.newBuilder()
            .setId(Integer.toString(key.id()))
            .setRealm(key.realm().name().value())
            .setName(key.name())
            .setAlgorithm(algorithm(key.algorithm()))
            .setCreateTime(timestamp(key.createTime()))
            .setJwk(key.publicJwk().orElse(""));
    key.signTime().ifPresent(time -> message.setSignTime(timestamp(time)));
    key.retireTime().ifPresent(time -> message.setRetireTime(timestamp(time)));
    key.revokeTime().ifPresent(time -> message.setRevokeTime(timestamp(time)));
    return message.build();
  }

  private static SigningAlgorithm algorithm(Algorithm algorithm) {
    return switch (algorithm) {
      case HS256 -> SigningAlgorithm.SIGNING_ALGORITHM_HS256;
      case HS512 -> SigningAlgorithm.SIGNING_ALGORITHM_HS512;
      case ES256 -> SigningAlgorithm.SIGNING_ALGORITHM_ES256;
      case RS256 -> SigningAlgorithm.SIGNING_ALGORITHM_RS256;
    };
  }

  /** The algorithm of a message; empty when it names none. */
  static Optional<Algorithm> algorithm(SigningAlgorithm message) {
    return Arrays.stream(Algorithm.values()).filter(each -> algorithm(each) == message).findFirst();
  }

  static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
