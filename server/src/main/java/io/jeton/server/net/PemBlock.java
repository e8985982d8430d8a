package io.jeton.server.net;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a PEM file (RFC 7468).
 *
 * @param label what it says that it is, such as {@code CERTIFICATE}
 * @param text what stands between its first and its last line
 */
record PemBlock(String label, String text) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  /** The parts of a file, in its order; what stands between them is no part. */
  static List<PemBlock> of(byte[] file) {
    List<PemBlock> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      blocks.add(new PemBlock(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  /**
   * Its bytes.
   *
   * @throws IllegalArgumentException when it is not Base64
   */
  byte[] bytes() {
    return Base64.getMimeDecoder().decode(text.strip());
  }

  /** Whether it cannot be read without a pass phrase, in the newer or the older form. */
  boolean isEncrypted() {
    return label.startsWith("ENCRYPTED") || text.contains("ENCRYPTED");
  }
}
