package io.jeton.server.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * An Argon2id hash (RFC 9106) in the PHC string format: {@code
 * $argon2id$v=19$m=KIB,t=PASSES,p=LANES$SALT$HASH}. Immutable.
 */
final class Argon2id {
  /** What says how our own hashes are computed. */
  static final String SCHEME = "$argon2id$v=19$m=19456,t=2,p=1";

  private static final int OUR_WORK = 19_456 * 2;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int MOST_KIB = 256 << 10;
  private static final int MOST_PASSES = 16;
  private static final int MOST_LANES = 16;

  /** KiB times passes: a check takes well under a second. */
  private static final int MOST_WORK = 512 << 10;

  /** Salts of 8 to 64 bytes and hashes of 16 to 64. */
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9]\\d{0,5}),t=([1-9]\\d?),p=([1-9]\\d?)"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private static final SecureRandom RANDOM = new SecureRandom();

  private final int kib;
  private final int passes;
  private final int lanes;
  private final byte[] salt;
  private final byte[] hash;

  private Argon2id(int kib, int passes, int lanes, byte[] salt, byte[] hash) {
    this.kib = kib;
    this.passes = passes;
    this.lanes = lanes;
    this.salt = salt;
    this.hash = hash;
  }

  /** Reads a hash; empty when it is none, or is not within {@link PasswordHasher#LIMITS}. */
  static Optional<Argon2id> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int kib = Integer.parseInt(matcher.group(1));
    int passes = Integer.parseInt(matcher.group(2));
    int lanes = Integer.parseInt(matcher.group(3));
    boolean isBearable =
        kib <= MOST_KIB
            && passes <= MOST_PASSES
            && lanes <= MOST_LANES
            && kib * passes <= MOST_WORK;
    if (!isBearable || kib < 8 * lanes) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Argon2id(kib, passes, lanes, decode(matcher.group(4)), decode(matcher.group(5))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A hash of our own, with a new salt. */
  static String hash(String password) {
    byte[] salt = random(SALT_BYTES);
    Argon2id ours = new Argon2id(19_456, 2, 1, salt, new byte[HASH_BYTES]);
    return text(SCHEME, salt, ours.computed(password));
  }

  /** A hash that no password is known for, computed as the scheme says. */
  static String standIn(String scheme) {
    return text(scheme, random(SALT_BYTES), random(HASH_BYTES));
  }

  boolean matches(String password) {
    return MessageDigest.isEqual(computed(password), hash);
  }

  /** Whether it costs less memory times passes than one of ours. */
  boolean isWeak() {
    return kib * passes < OUR_WORK;
  }

  private byte[] computed(String password) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(kib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] computed = new byte[hash.length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), computed);
    return computed;
  }

  private static String text(String scheme, byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return scheme + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
  }

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return random;
  }
}
