package io.jeton.load.call;

import com.google.protobuf.CodedInputStream;
import io.jeton.load.http2.Call;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** VerifyToken with questions picked uniformly, each answer compared with the right one. */
public final class QuestionCall implements Call {
  private final Question[] questions;
  private final SplittableRandom random;
  private final int longest;

  /**
   * Picks from the questions.
   *
   * @param seed equal seeds pick the same questions in the same order
   */
  public QuestionCall(List<Question> questions, long seed) {
    this.questions = questions.toArray(Question[]::new);
    random = new SplittableRandom(seed);
    longest = questions.stream().mapToInt(each -> each.request().length).max().orElse(0);
  }

  @Override
  public String path() {
    return VerifyCall.SERVICE + "VerifyToken";
  }

  @Override
  public int maxRequestBytes() {
    return longest;
  }

  @Override
  public int write(ByteBuffer message) {
    int question = random.nextInt(questions.length);
    message.put(questions[question].request());
    return question;
  }

  @Override
  public @Nullable String judge(int request, byte[] bytes, int offset, int length)
      throws IOException {
    Question question = questions[request];
    return Verdict.fault(
        CodedInputStream.newInstance(bytes, offset, length), question.reason(), question.subject());
  }
}
