package io.jeton.load.call;

import com.google.protobuf.CodedInputStream;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.Token;
import io.jeton.v1.VerifyTokenResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Judges a VerifyTokenResponse without building it: active, and about the right subject. */
final class Verdict {
  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int ACTIVE = VerifyTokenResponse.ACTIVE_FIELD_NUMBER << 3 | VARINT;
  private static final int REASON = VerifyTokenResponse.REASON_FIELD_NUMBER << 3 | VARINT;
  private static final int TOKEN = VerifyTokenResponse.TOKEN_FIELD_NUMBER << 3 | BYTES;
  private static final int SUBJECT = Token.SUBJECT_FIELD_NUMBER << 3 | BYTES;

  private Verdict() {}

  /** What is wrong with the response that the input holds up to its limit, or null. */
  static @Nullable String fault(CodedInputStream in, int subject) throws IOException {
    boolean isActive = false;
    boolean isAboutSubject = false;
    int reason = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case ACTIVE -> isActive = in.readBool();
        case REASON -> reason = in.readEnum();
        case TOKEN -> {
          int limit = in.pushLimit(in.readRawVarint32());
          isAboutSubject = isTokenAbout(in, subject);
          in.popLimit(limit);
        }
        default -> in.skipField(tag);
      }
    }
    if (!isActive) {
      return "inactive: " + InactiveReason.forNumber(reason);
    }
    return isAboutSubject ? null : "another token's subject";
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
