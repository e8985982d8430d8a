package io.jeton.server.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.BCrypt;

/**
 * A bcrypt hash that another system made: {@code $2y$COST$}, 22 characters of salt and 31 of hash.
 * {@code $2a$}, {@code $2b$} and {@code $2y$} are computed alike, as PHP does. Immutable.
 */
final class Bcrypt {
  /** What of a longer password bcrypt does not look at. */
  static final int PASSWORD_BYTES = 72;

  private static final Pattern FORM =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-6])\\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})");

  private static final String ALPHABET =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private static final int SALT_AND_HASH = 22 + 31;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final int cost;
  private final byte[] salt;
  private final byte[] hash;

  private Bcrypt(int cost, byte[] salt, byte[] hash) {
    this.cost = cost;
    this.salt = salt;
    this.hash = hash;
  }

  /** Reads a hash; empty when it is none, or its cost is not 4 to 16. */
  static Optional<Bcrypt> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Bcrypt(
                Integer.parseInt(matcher.group(1)),
                decode(matcher.group(2)),
                decode(matcher.group(3))))
        : Optional.empty();
  }

  /** A hash that no password is known for, computed as the scheme says. */
  static String standIn(String scheme) {
    StringBuilder text = new StringBuilder(scheme).append('$');
    RANDOM.ints(SALT_AND_HASH, 0, ALPHABET.length()).forEach(n -> text.append(ALPHABET.charAt(n)));
    return text.toString();
  }

  boolean matches(String password) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    byte[] key = Arrays.copyOf(bytes, Math.min(bytes.length, PASSWORD_BYTES));
    // The byte 0 that ends a text counts too; the last of the 24 computed is never written down.
    byte[] computed = BCrypt.generate(key, salt, cost, true);
    return MessageDigest.isEqual(Arrays.copyOf(computed, hash.length), hash);
  }

  /** The bits are in the order of Base64's, under other characters. */
  private static byte[] decode(String text) {
    StringBuilder base64 = new StringBuilder(text.length());
    text.chars().forEach(c -> base64.append(BASE64.charAt(ALPHABET.indexOf(c))));
    return Base64.getDecoder().decode(base64.toString());
  }
}
