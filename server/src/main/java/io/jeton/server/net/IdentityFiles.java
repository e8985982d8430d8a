package io.jeton.server.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a port's identity is kept.
 *
 * @param certificate its certificate, and behind it those that signed it
 * @param clientCa who may have signed the certificates of clients
 */
public record IdentityFiles(PemFile certificate, PemFile key, Optional<PemFile> clientCa) {

  /** The bytes of all of them. Blocks. */
  List<byte[]> read() throws PemException {
    List<byte[]> contents = new ArrayList<>();
    contents.add(certificate.read());
    contents.add(key.read());
    if (clientCa.isPresent()) {
      contents.add(clientCa.get().read());
    }
    return contents;
  }
}
