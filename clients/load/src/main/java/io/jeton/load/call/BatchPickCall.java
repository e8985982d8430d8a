package io.jeton.load.call;

import com.google.protobuf.CodedInputStream;
import io.jeton.load.http2.Call;
import io.jeton.v1.BatchVerifyTokensRequest;
import io.jeton.v1.BatchVerifyTokensResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** BatchVerifyTokens of tokens picked uniformly; every one is expected to be active. */
public final class BatchPickCall implements Call {
  /** How many tokens a batch has. */
  public static final int BATCH = 100;

  private static final byte REQUESTS = BatchVerifyTokensRequest.REQUESTS_FIELD_NUMBER << 3 | 2;
  private static final int RESPONSES = BatchVerifyTokensResponse.RESPONSES_FIELD_NUMBER << 3 | 2;

  /** More than are ever in flight, so that a place is free again when it is used again. */
  private static final int PLACES = 1 << 13;

  private final Secrets tokens;
  private final SplittableRandom random;
  private final byte[] head;
  private final int[][] picked = new int[PLACES][];
  private int next;

  /**
   * Picks from the tokens.
   *
   * @param seed equal seeds pick the same tokens in the same order
   */
  public BatchPickCall(Secrets tokens, long seed) {
    this.tokens = tokens;
    random = new SplittableRandom(seed);
    head = VerifyCall.head(tokens.secretBytes());
    if (head.length + tokens.secretBytes() > Byte.MAX_VALUE) {
      throw new IllegalArgumentException("secrets of " + tokens.secretBytes() + " bytes");
    }
  }

  @Override
  public String path() {
    return VerifyCall.SERVICE + "BatchVerifyTokens";
  }

  @Override
  public int maxRequestBytes() {
    return BATCH * (2 + head.length + tokens.secretBytes());
  }

  @Override
  public int write(ByteBuffer message) {
    int place = next++ % PLACES;
    int[] batch = random.ints(BATCH, 0, tokens.size()).toArray();
    picked[place] = batch;
    for (int token : batch) {
      message.put(REQUESTS).put((byte) (head.length + tokens.secretBytes()));
      message.put(head);
      tokens.write(token, message);
    }
    return place;
  }

  @Override
  public @Nullable String judge(int request, byte[] bytes, int offset, int length)
      throws IOException {
    int[] batch = picked[request];
    var in = CodedInputStream.newInstance(bytes, offset, length);
    int judged = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != RESPONSES || judged == BATCH) {
        return "a batch of another size";
      }
      int limit = in.pushLimit(in.readRawVarint32());
      String fault = Verdict.fault(in, TokenSet.subjectOf(batch[judged++]));
      in.popLimit(limit);
      if (fault != null) {
        return fault;
      }
    }
    return judged == BATCH ? null : "a batch of another size";
  }
}
