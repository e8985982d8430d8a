package io.jeton.server;

import io.jeton.server.cli.JetonCli;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The entry of the process. */
public final class Main {
  private Main() {}

  /** Runs the jeton command and ends the process with its exit status. */
  public static void main(String[] args) {
    // UTF-8 whatever the locale, so that what is printed can be read back.
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    ServerRunner runner = new ServerRunner(out, System.getenv());
    System.exit(JetonCli.run(args, runner, out, err, System.in, System.getenv()));
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new BufferedOutputStream(new FileOutputStream(descriptor)), false, StandardCharsets.UTF_8);
  }
}
