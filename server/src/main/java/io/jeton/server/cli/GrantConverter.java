package io.jeton.server.cli;

import io.jeton.client.Grant;
import io.jeton.client.Permission;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code REALM:PERMISSION,PERMISSION,sign=KEY}. */
final class GrantConverter implements ITypeConverter<Grant> {
  private static final String SIGN = "sign=";

  @Override
  public Grant convert(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new TypeConversionException(
          "'" + text + "' is not a grant (expected: REALM:verify,issue or *:admin)");
    }
    List<Permission> permissions = new ArrayList<>();
    List<String> signKeys = new ArrayList<>();
    for (String word : text.substring(colon + 1).split(",", -1)) {
      if (word.startsWith(SIGN)) {
        signKeys.add(word.substring(SIGN.length()));
      } else {
        permissions.add(permission(word));
      }
    }
    return new Grant(text.substring(0, colon), permissions, signKeys);
  }

  private static Permission permission(String word) {
    return switch (word) {
      case "verify" -> Permission.VERIFY;
      case "issue" -> Permission.ISSUE;
      case "revoke" -> Permission.REVOKE;
      case "list" -> Permission.LIST;
      case "admin" -> Permission.ADMIN;
      case "login" -> Permission.LOGIN;
      case "reveal" -> Permission.REVEAL;
      default ->
          throw new TypeConversionException(
              "'"
                  + word
                  + "' is not a permission (expected: verify, issue, revoke, list, login, reveal, admin or sign=KEY)");
    };
  }
}
