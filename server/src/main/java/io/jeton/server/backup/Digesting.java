package io.jeton.server.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A stream that counts and digests what goes through it. Closing it leaves the other one open. */
final class Digesting extends FilterOutputStream {
  private final MessageDigest digest;
  private final Progress progress;
  private long count;

  Digesting(OutputStream to, Progress progress) {
    super(to);
    this.progress = progress;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
    digest.update(bytes, from, length);
    count += length;
    progress.at(count);
  }

  @Override
  public void close() throws IOException {
    flush();
  }

  Manifest.Part part(String name) {
    return new Manifest.Part(name, count, HexFormat.of().formatHex(digest.digest()));
  }
}
