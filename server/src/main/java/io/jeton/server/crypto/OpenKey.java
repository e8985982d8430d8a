package io.jeton.server.crypto;

import io.jeton.server.domain.Secret;
import io.jeton.server.domain.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signing key that can be used. It has one algorithm, whatever a token's header says (RFC 8725
 * section 3.1). Safe for use by several threads; never blocks.
 */
public final class OpenKey {
  private final SigningKey key;
  private final KeySecrets.@Nullable Signer signer;

  /** Takes what signs, or null when the key did not open. */
  OpenKey(SigningKey key, KeySecrets.@Nullable Signer signer) {
    this.key = key;
    this.signer = signer;
  }

  /** What may be shown of it. */
  public SigningKey key() {
    return key;
  }

  /** The compact form of a token with exactly these bytes. */
  public Secret sign(byte[] header, byte[] payload) {
    if (signer == null) {
      throw new IllegalStateException("signing key " + key.id() + " did not open");
    }
    String signed = Jwt.signed(header, payload);
    return Secret.of(Jwt.compact(signed, signer.sign(signed.getBytes(StandardCharsets.US_ASCII))));
  }

  /**
   * The compact form of a token that it signed before, from its {@link SignedContent}; empty when
   * the key did not open.
   */
  public Optional<Secret> signAgain(byte[] content) {
    return signer == null
        ? Optional.empty()
        : SignedContent.parse(content).map(parts -> sign(parts.header(), parts.claims()));
  }

  /**
   * Whether it made a token's signature. Only HMAC can say so: of an ECDSA signature everybody can
   * make a second one that holds too, and a revoked token would come back under another text.
   */
  boolean hasSigned(Jwt token) {
    return signer != null
        && key.algorithm().isSymmetric()
        && token.header().text("alg").equals(Optional.of(key.algorithm().name()))
        && !token.header().has("crit")
        && MessageDigest.isEqual(signer.sign(token.signed()), token.signature());
  }

  /** Whether this is its secret; only for HMAC. */
  boolean hasSecret(byte[] secret) {
    byte[] probe = {1};
    return signer != null
        && key.algorithm().isSymmetric()
        && MessageDigest.isEqual(
            signer.sign(probe), KeySecrets.signer(key.algorithm(), secret).sign(probe));
  }

  @Override
  public String toString() {
    return "signing key " + key.id();
  }
}
