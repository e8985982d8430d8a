package io.jeton.server.api;

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
  private final Validator validator = ValidatorFactory.newBuilder().build();

  /**
   * Refuses a request that is outside its limits.
   *
   * @throws RefusedException FIELD_INVALID with every field that is
   */
  void require(Message request) {
    ValidationResult result;
    try {
      result = validator.validate(request);
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

  /** Compiles the limits of these messages now instead of at their first request. */
  public void warmUp(List<? extends Message> requests) {
    for (Message request : requests) {
      try {
        validator.validate(request);
      } catch (ValidationException e) {
        throw new IllegalStateException("the limits in the proto files do not compile", e);
      }
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
