package io.jeton.server.cli;

import io.jeton.client.SubModule;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a sub-module: its name, and behind the last {@code =} when it ends. */
final class SubModuleConverter implements ITypeConverter<SubModule> {
  @Override
  public SubModule convert(String text) {
    int end = text.lastIndexOf('=');
    if (end < 0) {
      return new SubModule(text, Optional.empty());
    }
    if (end == 0) {
      throw new TypeConversionException("'" + text + "' has no name (expected: NAME=INSTANT)");
    }
    return new SubModule(
        text.substring(0, end),
        Optional.of(new InstantConverter().convert(text.substring(end + 1))));
  }
}
