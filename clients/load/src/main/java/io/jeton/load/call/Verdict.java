package io.jeton.load.call;

import com.google.protobuf.CodedInputStream;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.Token;
import io.jeton.v1.VerifyTokenResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Judges a VerifyTokenResponse without building it: active and about the right subject, or inactive
 * for the right reason.
 */
final class Verdict {
  /** The reason of an active token. */
  static final int NONE = InactiveReason.INACTIVE_REASON_UNSPECIFIED_VALUE;

  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int ACTIVE = VerifyTokenResponse.ACTIVE_FIELD_NUMBER << 3 | VARINT;
  private static final int REASON = VerifyTokenResponse.REASON_FIELD_NUMBER << 3 | VARINT;
  private static final int TOKEN = VerifyTokenResponse.TOKEN_FIELD_NUMBER << 3 | BYTES;
  private static final int SUBJECT = Token.SUBJECT_FIELD_NUMBER << 3 | BYTES;

  private Verdict() {}

  /** What is wrong with the response that the input holds up to its limit, or null. */
  static @Nullable String fault(CodedInputStream in, int subject) throws IOException {
    return fault(in, NONE, subject);
  }

  /**
   * The same of a token that may have to be inactive.
   *
   * @param expected why; {@link #NONE} when it has to be active
   * @param subject the number in its subject, if it has to be active
   */
  static @Nullable String fault(CodedInputStream in, int expected, int subject) throws IOException {
    boolean isActive = false;
    boolean isToldOf = false;
    boolean isAboutSubject = false;
    int reason = NONE;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case ACTIVE -> isActive = in.readBool();
        case REASON -> reason = in.readEnum();
        case TOKEN -> {
          int limit = in.pushLimit(in.readRawVarint32());
          isToldOf = true;
          isAboutSubject = isTokenAbout(in, subject);
          in.popLimit(limit);
        }
        default -> in.skipField(tag);
      }
    }
    if (isActive != (reason == NONE)) {
      return isActive ? "active for a reason" : "inactive without a reason";
    }
    if (reason != expected) {
      return said(reason) + (expected == NONE ? "" : ", expected " + said(expected));
    }
    if (isActive) {
      return isAboutSubject ? null : "another token's subject";
    }
    return isToldOf ? "an inactive token's facts" : null;
  }

  private static String said(int reason) {
    return reason == NONE ? "active" : "inactive: " + InactiveReason.forNumber(reason);
  }

  private static boolean isTokenAbout(CodedInputStream in, int subject) throws IOException {
    boolean isAboutSubject = false;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == SUBJECT) {
        isAboutSubject = isSubject(in, in.readRawVarint32(), subject);
      } else {
        in.skipField(tag);
      }
    }
    return isAboutSubject;
  }

  private static boolean isSubject(CodedInputStream in, int length, int subject)
      throws IOException {
    if (length == 0) {
      return false;
    }
    boolean isNumbered = in.readRawByte() == 'u' && length > 1;
    long number = 0;
    for (int i = 1; i < length; i++) {
      int digit = in.readRawByte() - '0';
      isNumbered &= digit >= 0 && digit <= 9;
      number = 10 * number + digit;
    }
    return isNumbered && number == subject;
  }
}
