package io.jeton.load.call;

import io.jeton.v1.InactiveReason;
import io.jeton.v1.VerifyTokenRequest;

/**
 * A VerifyTokenRequest and the only right answer to it.
 *
 * @param request its bytes
 * @param reason why the token has to be inactive; 0 when it has to be active
 * @param subject the number in its subject, if it has to be active
 */
public record Question(byte[] request, int reason, int subject) {
  /** One whose token has to be active. */
  public static Question active(VerifyTokenRequest request, int subject) {
    return new Question(request.toByteArray(), Verdict.NONE, subject);
  }

  /** One whose token has to be inactive. */
  public static Question inactive(VerifyTokenRequest request, InactiveReason reason) {
    return new Question(request.toByteArray(), reason.getNumber(), 0);
  }
}
