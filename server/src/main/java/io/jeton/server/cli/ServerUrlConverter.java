package io.jeton.server.cli;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the address of a server. */
final class ServerUrlConverter implements ITypeConverter<URI> {
  @Override
  public URI convert(String text) {
    try {
      URI url = new URI(text);
      boolean isServer =
          ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
              && url.getHost() != null
              && url.getUserInfo() == null
              && url.getPath().matches("/?")
              && url.getQuery() == null
              && url.getFragment() == null;
      if (isServer) {
        return new URI(url.getScheme(), null, url.getHost(), url.getPort(), null, null, null);
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new TypeConversionException(
        "not the address of a server (expected: http://HOST:PORT or https://HOST:PORT)");
  }
}
