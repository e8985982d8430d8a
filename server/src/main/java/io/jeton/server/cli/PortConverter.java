package io.jeton.server.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a TCP port, 0 included. */
final class PortConverter implements ITypeConverter<Integer> {
  private static final int MAX = 65_535;

  @Override
  public Integer convert(String text) {
    if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= MAX) {
      return Integer.valueOf(text);
    }
    throw new TypeConversionException("'" + text + "' is not a port (expected: 0 to 65535)");
  }
}
