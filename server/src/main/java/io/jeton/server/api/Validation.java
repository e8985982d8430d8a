package io.jeton.server.api;

import build.buf.protovalidate.Config;
import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.Message;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.RefusedException.FieldProblem;
import java.util.List;

/**
 * Holds requests to the limits that the proto files state. It costs microseconds a request, so the
 * verify path has {@link VerifyLimits} instead. Safe for use by several threads.
 */
public final class Validation {
  /**
   * Stops at the first problem, so that no request can make an answer that is too large to send.
   * One for the process: it compiles the limits of a message when it first meets it, which takes
   * longer than the rest of the call.
   */
  private static final Validator VALIDATOR =
      ValidatorFactory.newBuilder()
          .withConfig(Config.newBuilder().setFailFast(true).build())
          .build();

  /**
   * Refuses a request that is outside its limits.
   *
   * @throws RefusedException FIELD_INVALID with the first field that is
   */
  void require(Message request) {
    ValidationResult result;
    try {
      result = VALIDATOR.validate(request);
    } catch (ValidationException e) {
      throw new IllegalStateException("the limits in the proto files do not compile", e);
    }
    if (!result.isSuccess()) {
      throw RefusedException.ofFields(
          result.getViolations().stream()
              .map(violation -> violation.toProto())
              .map(
                  violation ->
                      new FieldProblem(
                          path(violation.getField().getElementsList()), violation.getMessage()))
              .toList());
    }
  }

  /**
   * Refuses a list that is too long. Comes before the general check, which would look at every item
   * first.
   */
  static void requireAtMost(String field, int count, int most) {
    if (count > most) {
      throw RefusedException.ofField(field, "must contain no more than " + most + " items");
    }
  }

  private static String path(List<FieldPathElement> elements) {
    StringBuilder path = new StringBuilder();
    for (FieldPathElement element : elements) {
      if (!path.isEmpty()) {
        path.append('.');
      }
      path.append(element.getFieldName());
      if (element.hasIndex()) {
        path.append('[').append(element.getIndex()).append(']');
      }
    }
    return path.toString();
  }
}
