package io.jeton.server.ops;

/** Which program this is. */
public final class Build {
  private Build() {}

  /** Its version, which the build wrote into the jar; {@code unknown} when it runs from no jar. */
  public static String version() {
    String version = Build.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
