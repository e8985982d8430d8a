package io.jeton.load.call;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.jeton.load.http1.RestCall;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A GET whose text has a secret in it; its answer is right when it begins as it should. */
public final class GetCall implements RestCall {
  private static final String SECRET = "{secret}";

  private final Codes codes;
  private final byte[] before;
  private final byte[] after;
  private final byte[] expected;
  private final IntSupplier next;
  private final LongConsumer progress;

  /**
   * Takes a request's text.
   *
   * @param request line and headers, with {@code {secret}} where it stands
   * @param expected what the body of an answer begins with
   * @param next which secret is next
   * @param progress is told how many more requests were answered rightly
   */
  public GetCall(
      Codes codes, String request, String expected, IntSupplier next, LongConsumer progress) {
    int at = request.indexOf(SECRET);
    this.codes = codes;
    this.before = request.substring(0, at).getBytes(ISO_8859_1);
    this.after = request.substring(at + SECRET.length()).getBytes(ISO_8859_1);
    this.expected = expected.getBytes(ISO_8859_1);
    this.next = next;
    this.progress = progress;
  }

  @Override
  public int write(ByteBuffer out) {
    int code = next.getAsInt();
    out.put(before);
    codes.write(code, out);
    out.put(after);
    return code;
  }

  @Override
  public @Nullable String judge(int request, int status, byte[] bytes, int offset, int length) {
    if (status != 200) {
      return "status " + status;
    }
    if (length < expected.length
        || !Arrays.equals(bytes, offset, offset + expected.length, expected, 0, expected.length)) {
      return "another answer";
    }
    progress.accept(1);
    return null;
  }
}
