package io.jeton.server.cli;

import io.jeton.client.SigningAlgorithm;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a signing algorithm, in capitals or not. */
final class AlgorithmConverter implements ITypeConverter<SigningAlgorithm> {
  @Override
  public SigningAlgorithm convert(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "HS256" -> SigningAlgorithm.HS256;
      case "HS512" -> SigningAlgorithm.HS512;
      case "ES256" -> SigningAlgorithm.ES256;
      case "RS256" -> SigningAlgorithm.RS256;
      default ->
          throw new TypeConversionException(
              "'" + text + "' is not an algorithm (expected: HS256, HS512, ES256 or RS256)");
    };
  }
}
