package io.jeton.server;

import io.jeton.server.cli.JetonCli;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The entry of the process. */
public final class Main {
  private Main() {}

  /** Runs the jeton command and ends the process with its exit status. */
  public static void main(String[] args) {
    // UTF-8 whatever the locale, so that what is printed can be read back.
    PrintWriter out = writer(new StandardOutput());
    PrintWriter err = writer(new FileOutputStream(FileDescriptor.err));
    ServerRunner runner = new ServerRunner(out, System.getenv());
    System.exit(JetonCli.run(args, runner, out, err, System.in, System.getenv()));
  }

  private static PrintWriter writer(OutputStream to) {
    return new PrintWriter(new BufferedOutputStream(to), false, StandardCharsets.UTF_8);
  }

  /**
   * Ends the process without a word when nobody reads on, as {@code jeton token list | head} does.
   */
  private static final class StandardOutput extends FileOutputStream {
    /** What a shell makes of a process that SIGPIPE ended. */
    private static final int SIGPIPE_STATUS = 128 + 13;

    StandardOutput() {
      super(FileDescriptor.out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        super.write(bytes, from, length);
      } catch (IOException e) {
        if ("Broken pipe".equals(e.getMessage())) {
          Runtime.getRuntime().halt(SIGPIPE_STATUS);
        }
        throw e;
      }
    }
  }
}
