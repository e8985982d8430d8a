package io.jeton.load.call;

import com.google.protobuf.CodedInputStream;
import io.jeton.load.http2.Call;
import io.jeton.v1.BatchVerifyTokensRequest;
import io.jeton.v1.BatchVerifyTokensResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * BatchVerifyTokens of 100 over a range of the tokens, once, in order. It fills the server's cache.
 */
public final class BatchVerifyCall implements Call {
  private static final int BATCH = 100;
  private static final byte REQUESTS = BatchVerifyTokensRequest.REQUESTS_FIELD_NUMBER << 3 | 2;
  private static final int RESPONSES = BatchVerifyTokensResponse.RESPONSES_FIELD_NUMBER << 3 | 2;

  private final Secrets tokens;
  private final int end;
  private final LongConsumer progress;
  private final byte[] head;
  private int next;

  /**
   * Verifies the tokens from the first number up to the second.
   *
   * @param progress is told how many more tokens were verified
   */
  public BatchVerifyCall(Secrets tokens, int begin, int end, LongConsumer progress) {
    this.tokens = tokens;
    this.end = end;
    this.progress = progress;
    head = VerifyCall.head(tokens.secretBytes());
    next = begin;
    if (requestBytes() > Byte.MAX_VALUE) {
      throw new IllegalArgumentException("secrets of " + tokens.secretBytes() + " bytes");
    }
  }

  /** How many requests it takes to verify every token. */
  public long requests() {
    return ((long) end - next + BATCH - 1) / BATCH;
  }

  @Override
  public String path() {
    return VerifyCall.SERVICE + "BatchVerifyTokens";
  }

  @Override
  public int maxRequestBytes() {
    return BATCH * (2 + requestBytes());
  }

  @Override
  public int write(ByteBuffer message) {
    int first = next;
    next = Math.min(end, first + BATCH);
    for (int token = first; token < next; token++) {
      message.put(REQUESTS).put((byte) requestBytes());
      message.put(head);
      tokens.write(token, message);
    }
    return first;
  }

  @Override
  public @Nullable String judge(int request, byte[] bytes, int offset, int length)
      throws IOException {
    var in = CodedInputStream.newInstance(bytes, offset, length);
    int token = request;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != RESPONSES) {
        in.skipField(tag);
        continue;
      }
      int limit = in.pushLimit(in.readRawVarint32());
      String fault = Verdict.fault(in, TokenSet.subjectOf(token++));
      in.popLimit(limit);
      if (fault != null) {
        return fault;
      }
    }
    int asked = Math.min(end, request + BATCH) - request;
    progress.accept(asked);
    return token - request == asked ? null : "a batch of another size";
  }

  private int requestBytes() {
    return head.length + tokens.secretBytes();
  }
}
