package io.jeton.bridge;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Inflates bodies as their {@code Content-Encoding} says: gzip and deflate, as Express does. */
public final class ContentEncoding {
  private static final int ZLIB_METHOD = 8;

  private ContentEncoding() {}

  /** What is wrong with an encoded body. */
  public enum Problem {
    /** Its encoding is none that is inflated here. */
    UNKNOWN,
    /** It is not encoded as it says. */
    MALFORMED,
    /** Inflated, it has more than 102 400 bytes. */
    TOO_LARGE
  }

  /** A body that cannot be inflated. It has no stack trace: it is an answer, not a defect. */
  public static final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    UndecodableException(Problem problem) {
      super(problem.name(), null, false, false);
      this.problem = problem;
    }

    public Problem problem() {
      return problem;
    }
  }

  /**
   * The bytes that a body stands for.
   *
   * @param body one byte at least
   */
  public static byte[] decode(RequestHeaders headers, byte[] body) throws UndecodableException {
    String encoding =
        headers.get(HttpHeaderNames.CONTENT_ENCODING, "").strip().toLowerCase(Locale.ROOT);
    try {
      return switch (encoding) {
        case "identity", "" -> body;
        case "gzip" -> limited(new GZIPInputStream(new ByteArrayInputStream(body)));
        case "deflate" -> deflated(body);
        default -> throw new UndecodableException(Problem.UNKNOWN);
      };
    } catch (IOException e) {
      throw new UndecodableException(Problem.MALFORMED);
    }
  }

  /** Some clients send the zlib format of RFC 1950, as the name means, others RFC 1951 bare. */
  private static byte[] deflated(byte[] body) throws IOException, UndecodableException {
    Inflater inflater = new Inflater((body[0] & 0x0f) != ZLIB_METHOD);
    try {
      return limited(new InflaterInputStream(new ByteArrayInputStream(body), inflater));
    } finally {
      inflater.end();
    }
  }

  private static byte[] limited(InputStream in) throws IOException, UndecodableException {
    try (in) {
      byte[] bytes = in.readNBytes(BridgeService.MAX_BODY_BYTES + 1);
      if (bytes.length > BridgeService.MAX_BODY_BYTES) {
        throw new UndecodableException(Problem.TOO_LARGE);
      }
      return bytes;
    }
  }
}
