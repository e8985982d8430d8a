package io.jeton.client;

import java.util.List;

/** Turns the protocol's messages about callers into Java's and back. */
final class CallerMessages {
  private CallerMessages() {}

  static Caller caller(io.jeton.v1.Caller m) {
    return new Caller(
        m.getName(),
        m.getGrantsList().stream().map(CallerMessages::grant).toList(),
        Messages.instant(m.getCreateTime()),
        Messages.instant(m.hasDisableTime(), m.getDisableTime()));
  }

  static List<io.jeton.v1.Grant> messages(List<Grant> grants) {
    return grants.stream().map(CallerMessages::message).toList();
  }

  private static Grant grant(io.jeton.v1.Grant m) {
    return new Grant(
        m.getRealm(),
        m.getPermissionsList().stream().map(CallerMessages::permission).toList(),
        m.getSignKeysList());
  }

  private static io.jeton.v1.Grant message(Grant grant) {
    return io.jeton.v1.Grant.newBuilder()
        .setRealm(grant.realm())
        .addAllPermissions(grant.permissions().stream().map(CallerMessages::message).toList())
        .addAllSignKeys(grant.signKeys())
        .build();
  }

  private static Permission permission(io.jeton.v1.Permission m) {
    return switch (m) {
      case PERMISSION_VERIFY -> Permission.VERIFY;
      case PERMISSION_ISSUE -> Permission.ISSUE;
      case PERMISSION_REVOKE -> Permission.REVOKE;
      case PERMISSION_LIST -> Permission.LIST;
      case PERMISSION_ADMIN -> Permission.ADMIN;
      case PERMISSION_LOGIN -> Permission.LOGIN;
      case PERMISSION_REVEAL -> Permission.REVEAL;
      case PERMISSION_UNSPECIFIED, UNRECOGNIZED -> Permission.OTHER;
    };
  }

  private static io.jeton.v1.Permission message(Permission permission) {
    return switch (permission) {
      case VERIFY -> io.jeton.v1.Permission.PERMISSION_VERIFY;
      case ISSUE -> io.jeton.v1.Permission.PERMISSION_ISSUE;
      case REVOKE -> io.jeton.v1.Permission.PERMISSION_REVOKE;
      case LIST -> io.jeton.v1.Permission.PERMISSION_LIST;
      case ADMIN -> io.jeton.v1.Permission.PERMISSION_ADMIN;
      case LOGIN -> io.jeton.v1.Permission.PERMISSION_LOGIN;
      case REVEAL -> io.jeton.v1.Permission.PERMISSION_REVEAL;
      case OTHER -> throw new IllegalArgumentException("a permission unknown to this client");
    };
  }
}
