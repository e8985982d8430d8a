package io.jeton.bridge.remote;

import com.linecorp.armeria.client.ClientFactoryBuilder;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a connection to an https server believes and shows. Immutable.
 *
 * @param authorities who may have signed the server's certificate; empty: those of the system
 * @param key the key of the certificate to show
 * @param chain that certificate, and those that signed it
 */
public record CoreTls(
    List<X509Certificate> authorities, Optional<PrivateKey> key, List<X509Certificate> chain) {
  public CoreTls {
    authorities = List.copyOf(authorities);
    chain = List.copyOf(chain);
  }

  /** The system's authorities, and nothing to show. */
  public static CoreTls none() {
    return new CoreTls(List.of(), Optional.empty(), List.of());
  }

  void apply(ClientFactoryBuilder builder) {
    if (!authorities.isEmpty() || key.isPresent()) {
      builder.tlsCustomizer(
          context -> {
            if (!authorities.isEmpty()) {
              context.trustManager(authorities);
            }
            key.ifPresent(each -> context.keyManager(each, chain));
          });
    }
  }
}
