package io.jeton.server.net;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who a port says that it is, and whose clients it believes. Immutable.
 *
 * @param chain the certificate, and those that lead from it to one that clients know
 * @param clientAuthorities who may have signed the certificates of clients; empty: nobody is asked
 */
public record ServerIdentity(
    PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientAuthorities) {

  /** When the first certificate of the chain expires. */
  public Instant expireTime() {
    return chain.stream()
        .map(each -> each.getNotAfter().toInstant())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** What the files' bytes are, in the order of the files. */
  static ServerIdentity of(IdentityFiles files, List<byte[]> contents) throws PemException {
    List<X509Certificate> chain = CertificateChains.read(files.certificate(), contents.get(0));
    PrivateKey key = PrivateKeys.read(files.key(), contents.get(1));
    if (!PrivateKeys.isPair(key, chain.get(0).getPublicKey())) {
      throw PemException.of(
          files.key(), "the key of the first certificate in " + files.certificate().path());
    }
    Optional<PemFile> clientCa = files.clientCa();
    return new ServerIdentity(
        key,
        chain,
        clientCa.isPresent() ? CertificateChains.read(clientCa.get(), contents.get(2)) : List.of());
  }
}
