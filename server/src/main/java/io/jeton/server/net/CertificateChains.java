package io.jeton.server.net;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads files of certificates. */
final class CertificateChains {
  private CertificateChains() {}

  /** All certificates of a file, in its order. */
  static List<X509Certificate> read(PemFile file, byte[] content) throws PemException {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (PemBlock block : PemBlock.of(content)) {
        if (block.label().equals("CERTIFICATE")) {
          certificates.add(
              (X509Certificate)
                  factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
        }
      }
    } catch (CertificateException | IllegalArgumentException e) {
      certificates.clear();
    }
    if (certificates.isEmpty()) {
      throw PemException.of(file, "a PEM file with certificates");
    }
    return List.copyOf(certificates);
  }
}
