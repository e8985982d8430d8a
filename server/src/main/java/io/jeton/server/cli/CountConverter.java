package io.jeton.server.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of things, at least one. */
final class CountConverter implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    if (text.matches("0*[1-9][0-9]{0,8}")) {
      return Integer.valueOf(text);
    }
    throw new TypeConversionException("'" + text + "' is not a number above zero");
  }
}
