package io.jeton.bridge.contract.liveget;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.BCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * The hash of an instance's password: SHA-256 as the original has it, bcrypt, or Argon2id in the
 * PHC string format (RFC 9106). Immutable; shows nothing of itself.
 */
final class PasswordHash {
  /** Which texts are hashes. */
  static final String EXPECTED =
      "64 hexadecimal digits of SHA-256, bcrypt of cost 4 to 12, or Argon2id of at most 16 lanes"
          + " whose MiB times passes are at most 128";

  private static final Pattern SHA256 = Pattern.compile("[0-9A-Fa-f]{64}");
  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-2])\\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})");
  private static final Pattern ARGON2ID =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9]\\d{0,5}),t=([1-9]\\d?),p=([1-9]\\d?)"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");
  private static final String BCRYPT_ALPHABET =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String BASE64_ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  /** What of a longer password bcrypt does not look at. */
  private static final int BCRYPT_BYTES = 72;

  /** KiB times passes: a check takes a fraction of the second that an answer has. */
  private static final int MOST_WORK = 128 << 10;

  private static final int MOST_LANES = 16;

  /** The least KiB of a lane. */
  private static final int LANE_KIB = 8;

  private final byte[] hash;
  private final boolean isSlow;
  private final Function function;

  private PasswordHash(byte[] hash, boolean isSlow, Function function) {
    this.hash = hash;
    this.isSlow = isSlow;
    this.function = function;
  }

  /** What computes a hash. */
  private interface Function {
    byte[] of(byte[] password);
  }

  /** Reads a hash; none when it is not {@link #EXPECTED}. */
  static Optional<PasswordHash> parse(String text) {
    if (SHA256.matcher(text).matches()) {
      return Optional.of(
          new PasswordHash(HexFormat.of().parseHex(text), false, PasswordHash::sha256));
    }
    Matcher bcrypt = BCRYPT.matcher(text);
    if (bcrypt.matches()) {
      return Optional.of(bcrypt(bcrypt));
    }
    Matcher argon2id = ARGON2ID.matcher(text);
    return argon2id.matches() ? argon2id(argon2id) : Optional.empty();
  }

  /** Whether a password is the one that was hashed. Slow ones keep a processor busy for long. */
  boolean matches(String password) {
    return MessageDigest.isEqual(function.of(password.getBytes(StandardCharsets.UTF_8)), hash);
  }

  /** Whether to compare takes more than microseconds. */
  boolean isSlow() {
    return isSlow;
  }

  @Override
  public String toString() {
    return "****";
  }

  private static byte[] sha256(byte[] password) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(password);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PasswordHash bcrypt(Matcher text) {
    int cost = Integer.parseInt(text.group(1));
    byte[] salt = bcryptBytes(text.group(2));
    byte[] hash = bcryptBytes(text.group(3));
    return new PasswordHash(
        hash,
        true,
        // The byte 0 that ends a text counts too; the last byte computed is never written down.
        password ->
            Arrays.copyOf(
                BCrypt.generate(
                    Arrays.copyOf(password, Math.min(password.length, BCRYPT_BYTES)),
                    salt,
                    cost,
                    true),
                hash.length));
  }

  private static Optional<PasswordHash> argon2id(Matcher text) {
    int kib = Integer.parseInt(text.group(1));
    int passes = Integer.parseInt(text.group(2));
    int lanes = Integer.parseInt(text.group(3));
    if (kib * passes > MOST_WORK || lanes > MOST_LANES || kib < LANE_KIB * lanes) {
      return Optional.empty();
    }
    byte[] salt;
    byte[] hash;
    try {
      salt = Base64.getDecoder().decode(text.group(4));
      hash = Base64.getDecoder().decode(text.group(5));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    Argon2Parameters parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(kib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build();
    return Optional.of(
        new PasswordHash(
            hash,
            true,
            password -> {
              Argon2BytesGenerator generator = new Argon2BytesGenerator();
              generator.init(parameters);
              byte[] computed = new byte[hash.length];
              generator.generateBytes(password, computed);
              return computed;
            }));
  }

  /** The bits are in the order of Base64's, under other characters. */
  private static byte[] bcryptBytes(String text) {
    StringBuilder base64 = new StringBuilder(text.length());
    text.chars().forEach(c -> base64.append(BASE64_ALPHABET.charAt(BCRYPT_ALPHABET.indexOf(c))));
    return Base64.getDecoder().decode(base64.toString());
  }
}
