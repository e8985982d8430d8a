package io.jeton.server.net;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Reads what a connection to a server elsewhere believes and shows. Methods block. */
public final class ClientFiles {
  private ClientFiles() {}

  /** All certificates of a file; none when there is no file. */
  public static List<X509Certificate> certificates(Optional<PemFile> file) throws PemException {
    return file.isPresent() ? CertificateChains.read(file.get(), file.get().read()) : List.of();
  }

  /** The key of a certificate; empty when there is no file. */
  public static Optional<PrivateKey> key(Optional<PemFile> file, List<X509Certificate> chain)
      throws PemException {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    PrivateKey key = PrivateKeys.read(file.get(), file.get().read());
    if (chain.isEmpty() || !PrivateKeys.isPair(key, chain.get(0).getPublicKey())) {
      throw PemException.of(file.get(), "the key of the certificate to show");
    }
    return Optional.of(key);
  }
}
