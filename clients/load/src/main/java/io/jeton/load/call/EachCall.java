package io.jeton.load.call;

import com.google.protobuf.MessageLite;
import io.jeton.load.http2.Call;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A call made once for each number in order, whose answers somebody takes. */
public final class EachCall implements Call {
  /** Takes the answers. */
  @FunctionalInterface
  public interface Answers {
    /** Takes the answer to a number's request. */
    void take(int number, ByteBuffer answer) throws IOException;
  }

  private final String path;
  private final IntFunction<? extends MessageLite> requests;
  private final Answers answers;
  private int next;

  /**
   * Makes calls.
   *
   * @param path where they go, such as {@code /jeton.v1.TokenService/IssueToken}
   * @param requests the request of each number, at most 2000 bytes
   */
  public EachCall(String path, IntFunction<? extends MessageLite> requests, Answers answers) {
    this.path = path;
    this.requests = requests;
    this.answers = answers;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public int maxRequestBytes() {
    return 2_000;
  }

  @Override
  public int write(ByteBuffer message) {
    int number = next++;
    message.put(requests.apply(number).toByteArray());
    return number;
  }

  @Override
  public @Nullable String judge(int request, byte[] bytes, int offset, int length)
      throws IOException {
    answers.take(request, ByteBuffer.wrap(bytes, offset, length));
    return null;
  }
}
