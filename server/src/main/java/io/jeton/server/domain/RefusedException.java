package io.jeton.server.domain;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that is refused for a {@link Refusal}. It has no stack trace: it is an answer, not a
 * defect.
 */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;
  private final transient List<FieldProblem> fields;
  private final transient @Nullable String permission;
  private final transient @Nullable Duration retryAfter;

  private RefusedException(
      Refusal refusal,
      List<FieldProblem> fields,
      @Nullable String permission,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(refusal.name(), cause, false, false);
    this.refusal = refusal;
    this.fields = fields;
    this.permission = permission;
    this.retryAfter = retryAfter;
  }

  /** A field that is outside its limits: its path, and what is expected of it, never its value. */
  public record FieldProblem(String field, String expected) {}

  public static RefusedException of(Refusal refusal) {
    return new RefusedException(refusal, List.of(), null, null, null);
  }

  /** A refusal whose cause is for the log alone. */
  public static RefusedException causedBy(Refusal refusal, Throwable cause) {
    return new RefusedException(refusal, List.of(), null, null, cause);
  }

  /** FIELD_INVALID for at least one field. */
  public static RefusedException ofFields(List<FieldProblem> fields) {
    return new RefusedException(Refusal.FIELD_INVALID, List.copyOf(fields), null, null, null);
  }

  /** FIELD_INVALID for one field. */
  public static RefusedException ofField(String field, String expected) {
    return ofFields(List.of(new FieldProblem(field, expected)));
  }

  /** PERMISSION_MISSING. */
  public static RefusedException ofPermission(Permission missing) {
    return ofPermission(missing.name());
  }

  /** PERMISSION_MISSING for a permission that has a parameter, such as {@code SIGN:web}. */
  public static RefusedException ofPermission(String missing) {
    return new RefusedException(Refusal.PERMISSION_MISSING, List.of(), missing, null, null);
  }

  /** ACCOUNT_EXISTS, for the field that another account has. */
  public static RefusedException ofTaken(String field) {
    return ofTaken(Refusal.ACCOUNT_EXISTS, field, "must not be another account's");
  }

  /** MODULE_EXISTS, for the field that another module has. */
  public static RefusedException ofTakenByModule(String field) {
    return ofTaken(Refusal.MODULE_EXISTS, field, "must not be another module's");
  }

  private static RefusedException ofTaken(Refusal refusal, String field, String expected) {
    return new RefusedException(
        refusal, List.of(new FieldProblem(field, expected)), null, null, null);
  }

  /** LOGINS_THROTTLED, for so long. */
  public static RefusedException ofThrottle(Duration retryAfter) {
    return new RefusedException(Refusal.LOGINS_THROTTLED, List.of(), null, retryAfter, null);
  }

  /** QUOTA_EXCEEDED, until it is worth another look. */
  public static RefusedException ofQuota(Duration retryAfter) {
    return new RefusedException(Refusal.QUOTA_EXCEEDED, List.of(), null, retryAfter, null);
  }

  public Refusal refusal() {
    return refusal;
  }

  /**
   * The fields of FIELD_INVALID, the one of ACCOUNT_EXISTS or MODULE_EXISTS; empty for every other
   * refusal.
   */
  public List<FieldProblem> fields() {
    return fields;
  }

  /** The permission of PERMISSION_MISSING; null for every other refusal. */
  public @Nullable String permission() {
    return permission;
  }

  /**
   * When it is worth another try, for LOGINS_THROTTLED and QUOTA_EXCEEDED; null for every other
   * refusal.
   */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
