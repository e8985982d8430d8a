package io.jeton.load.call;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.jeton.load.http2.Call;
import io.jeton.v1.VerifyTokenRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** VerifyToken with tokens picked uniformly; every one is expected to be active. */
public final class VerifyCall implements Call {
  static final String SERVICE = "/jeton.v1.TokenService/";

  private final Secrets tokens;
  private final SplittableRandom random;
  private final IntUnaryOperator subjects;
  private final byte[] head;

  /**
   * Picks from the tokens.
   *
   * @param seed equal seeds pick the same tokens in the same order
   * @param subjects the number in the subject that is expected for a token
   */
  public VerifyCall(Secrets tokens, long seed, IntUnaryOperator subjects) {
    this.tokens = tokens;
    this.subjects = subjects;
    random = new SplittableRandom(seed);
    head = head(tokens.secretBytes());
  }

  @Override
  public String path() {
    return SERVICE + "VerifyToken";
  }

  @Override
  public int maxRequestBytes() {
    return head.length + tokens.secretBytes();
  }

  @Override
  public int write(ByteBuffer message) {
    int token = random.nextInt(tokens.size());
    message.put(head);
    tokens.write(token, message);
    return token;
  }

  @Override
  public @Nullable String judge(int request, byte[] bytes, int offset, int length)
      throws IOException {
    return Verdict.fault(
        CodedInputStream.newInstance(bytes, offset, length), subjects.applyAsInt(request));
  }

  /** What stands before the secret in a VerifyTokenRequest. */
  static byte[] head(int secretBytes) {
    byte[] head = new byte[1 + CodedOutputStream.computeUInt32SizeNoTag(secretBytes)];
    var out = CodedOutputStream.newInstance(head);
    try {
      out.writeTag(VerifyTokenRequest.TOKEN_FIELD_NUMBER, 2);
      out.writeUInt32NoTag(secretBytes);
    } catch (IOException e) {
      throw new AssertionError("an array is never full that was measured", e);
    }
    return head;
  }
}
