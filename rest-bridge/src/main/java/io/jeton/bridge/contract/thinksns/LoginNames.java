package io.jeton.bridge.contract.thinksns;

import io.jeton.v1.AccountRef;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Says which account a login names: by its form, never by trying one after another. */
final class LoginNames {
  /** As PHP's {@code FILTER_VALIDATE_EMAIL}, without quoted local parts and address literals. */
  private static final Pattern EMAIL =
      Pattern.compile(
          "(?=.{1,254}$)(?=[^@]{1,64}@)"
              + "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++)*+"
              + "@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+"
              + "[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

  private static final Pattern PHONE = Pattern.compile("(?:\\+?0?86-?)?1[3-9][0-9]{9}");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_\\x7f-\\x{10ffff}][A-Za-z0-9_\\x7f-\\x{10ffff}]*+");

  /** The core's limit of a name. */
  private static final int LONGEST = 1024;

  /** The core's limit of a text that is asked for as an id. */
  private static final int LONGEST_ID = 255;

  /** More digits than any id has, and within that limit whatever the letters. */
  private static final int CUT = 63;

  private LoginNames() {}

  /**
   * The account that a login names. One that is too long to be any account's is asked for as an id
   * that no account has, so that it costs what every unknown login costs.
   */
  static AccountRef refer(String login) {
    AccountRef.Builder account = AccountRef.newBuilder();
    if (EMAIL.matcher(login).matches()) {
      return account.setEmail(login).build();
    }
    if (PHONE.matcher(login).matches()) {
      return account.setPhone(login).build();
    }
    if (length(login) <= LONGEST && NAME.matcher(login).matches()) {
      return account.setName(login).build();
    }
    return account.setId(cut(login)).build();
  }

  private static String cut(String login) {
    return length(login) <= LONGEST_ID ? login : login.substring(0, CUT);
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
