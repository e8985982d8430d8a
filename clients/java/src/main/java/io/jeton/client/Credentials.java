package io.jeton.client;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a connection believes and shows.
 *
 * @param ca a PEM file with the certificates that may have signed the server's; empty: the system's
 * @param certificate a PEM file with the certificate to show
 * @param key a PEM file with that certificate's key
 */
record Credentials(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
  static final Credentials NONE =
      new Credentials(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * A channel to a server with them. Blocks, to read the files.
   *
   * @throws IllegalArgumentException when they cannot be used; the message holds nothing of them
   */
  ManagedChannelBuilder<?> channel(ServerAddress address) {
    boolean isNone = equals(NONE);
    if (!isNone && !address.isTls()) {
      throw new IllegalArgumentException(
          "certificates are for TLS (expected: a server at https://HOST:PORT)");
    }
    if (!address.isTls()) {
      return Grpc.newChannelBuilder(address.target(), InsecureChannelCredentials.create());
    }
    try {
      return Grpc.newChannelBuilder(address.target(), tls());
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "the certificates cannot be used"
              + " (expected: PEM files, the key in PKCS #8 and without a pass phrase)",
          e);
    }
  }

  private ChannelCredentials tls() throws IOException {
    TlsChannelCredentials.Builder builder = TlsChannelCredentials.newBuilder();
    if (ca.isPresent()) {
      builder.trustManager(ca.get().toFile());
    }
    if (certificate.isPresent() && key.isPresent()) {
      builder.keyManager(certificate.get().toFile(), key.get().toFile());
    }
    return builder.build();
  }
}
