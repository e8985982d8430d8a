package io.jeton.server.crypto;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.jeton.server.domain.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets of signing keys, as bytes: those of HMAC as they are, a private key as a JSON Web Key
 * (RFC 7517), whose {@code kid} is its thumbprint (RFC 7638). Safe for use by several threads.
 */
final class KeySecrets {
  private static final int HMAC_BYTES = 64;
  private static final int RSA_BITS = 2048;

  private KeySecrets() {}

  /** Makes a signature over a text. Safe for use by several threads. */
  @FunctionalInterface
  interface Signer {
    byte[] sign(byte[] text);
  }

  /** A random secret. Takes a while for RSA. */
  static byte[] random(Algorithm algorithm) {
    try {
      return switch (algorithm) {
        case HS256, HS512 -> {
          byte[] secret = new byte[HMAC_BYTES];
          new SecureRandom().nextBytes(secret);
          yield secret;
        }
        case ES256 ->
            bytes(
                new ECKeyGenerator(Curve.P_256)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate());
        case RS256 ->
            bytes(
                new RSAKeyGenerator(RSA_BITS)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate());
      };
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java has P-256 and RSA", e);
    }
  }

  /** The public key as a JSON Web Key, if the algorithm has one. */
  static Optional<String> publicJwk(Algorithm algorithm, byte[] secret) {
    return algorithm.isSymmetric()
        ? Optional.empty()
        : Optional.of(jwk(secret).toPublicJWK().toJSONString());
  }

  /** What signs with a secret that was made for this algorithm. */
  static Signer signer(Algorithm algorithm, byte[] secret) {
    try {
      return switch (algorithm) {
        case HS256 -> hmac("HmacSHA256", secret);
        case HS512 -> hmac("HmacSHA512", secret);
        case ES256 -> asymmetric(JWSAlgorithm.ES256, new ECDSASigner(jwk(secret).toECKey()));
        case RS256 -> asymmetric(JWSAlgorithm.RS256, new RSASSASigner(jwk(secret).toRSAKey()));
      };
    } catch (JOSEException e) {
      throw new IllegalStateException("a key that was made here cannot be used", e);
    }
  }

  /**
   * HMAC by the JDK over the exact bytes: RFC 7518 section 3.2 wants secrets as long as the digest,
   * which libraries insist on, and those of original servers are shorter.
   */
  private static Signer hmac(String name, byte[] secret) {
    SecretKeySpec key = new SecretKeySpec(secret, name);
    return text -> {
      try {
        Mac mac = Mac.getInstance(name);
        mac.init(key);
        return mac.doFinal(text);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java has " + name, e);
      }
    };
  }

  private static Signer asymmetric(JWSAlgorithm algorithm, JWSSigner signer) {
    JWSHeader header = new JWSHeader(algorithm);
    return text -> {
      try {
        return signer.sign(header, text).decode();
      } catch (JOSEException e) {
        throw new IllegalStateException("a key that was made here cannot sign", e);
      }
    };
  }

  private static byte[] bytes(JWK key) {
    return key.toJSONString().getBytes(StandardCharsets.UTF_8);
  }

  private static JWK jwk(byte[] secret) {
    try {
      return JWK.parse(new String(secret, StandardCharsets.UTF_8));
    } catch (ParseException e) {
      // Without its cause, whose text could show the key.
      throw new IllegalStateException("a private key that was made here cannot be read");
    }
  }
}
