package io.jeton.server.net;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Reads the private keys of certificates: PKCS #8, and what openssl wrote before it (PKCS #1, SEC
 * 1).
 */
final class PrivateKeys {
  private static final String EXPECTED = "a PEM file with an RSA or EC private key";
  private static final byte[] PROBE = {1, 2, 3, 4};

  private PrivateKeys() {}

  /** The only key of a file. */
  static PrivateKey read(PemFile file, byte[] content) throws PemException {
    List<PemBlock> keys =
        PemBlock.of(content).stream()
            .filter(block -> block.label().endsWith("PRIVATE KEY"))
            .toList();
    if (keys.size() != 1) {
      throw PemException.of(file, EXPECTED);
    }
    PemBlock key = keys.get(0);
    if (key.isEncrypted()) {
      throw PemException.of(
          file, "a key without a pass phrase: openssl pkey -in OLD -out NEW takes it away");
    }
    try {
      PrivateKeyInfo info = info(key);
      String algorithm =
          info.getPrivateKeyAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
              ? "EC"
              : "RSA";
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      // Its message may hold a part of the key.
      throw PemException.of(file, EXPECTED);
    }
  }

  /** Whether a public key is the other half of a private one. */
  static boolean isPair(PrivateKey key, PublicKey publicKey) {
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static PrivateKeyInfo info(PemBlock key) throws IOException {
    byte[] bytes = key.bytes();
    return switch (key.label()) {
      case "RSA PRIVATE KEY" ->
          new PrivateKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
              RSAPrivateKey.getInstance(bytes));
      case "EC PRIVATE KEY" -> {
        ECPrivateKey ec = ECPrivateKey.getInstance(bytes);
        ASN1Encodable curve = ec.getParametersObject();
        yield new PrivateKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), ec);
      }
      default -> PrivateKeyInfo.getInstance(bytes);
    };
  }
}
