package io.jeton.server.api;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.RefusedException.FieldProblem;
import io.jeton.v1.ErrorReason;
import java.time.Duration;
import java.util.Locale;

/** The one mapping from refusals to what a client is told. */
public final class Errors {
  /** The domain of every ErrorInfo. */
  public static final String DOMAIN = "jeton";

  private static final String PREFIX = "ERROR_REASON_";

  private Errors() {}

  /** The status of a refusal. */
  public static Status status(RefusedException refused) {
    ErrorInfo.Builder info = ErrorInfo.newBuilder();
    Status.Builder status =
        status(code(refused.refusal()), reason(refused.refusal()), message(refused), info);
    String permission = refused.permission();
    if (permission != null) {
      info.putMetadata("permission", permission);
    }
    Duration retryAfter = refused.retryAfter();
    if (retryAfter != null) {
      info.putMetadata("retry_after_seconds", Long.toString(Math.max(1, retryAfter.toSeconds())));
    }
    if (refused.fields().isEmpty()) {
      return status.addDetails(Any.pack(info.build())).build();
    }
    info.putMetadata("field", refused.fields().get(0).field());
    BadRequest.Builder fields = BadRequest.newBuilder();
    for (FieldProblem problem : refused.fields()) {
      fields.addFieldViolations(
          BadRequest.FieldViolation.newBuilder()
              .setField(problem.field())
              .setDescription(problem.expected()));
    }
    return status.addDetails(Any.pack(info.build())).addDetails(Any.pack(fields.build())).build();
  }

  /** The status of a message that is larger than the server takes. */
  public static Status tooLarge(int limitBytes) {
    ErrorInfo.Builder info = ErrorInfo.newBuilder();
    return status(
            Code.RESOURCE_EXHAUSTED,
            ErrorReason.ERROR_REASON_REQUEST_TOO_LARGE,
            "the request is larger than " + limitBytes + " bytes",
            info)
        .addDetails(Any.pack(info.build()))
        .build();
  }

  /** The status of bytes that are no message. */
  public static Status malformed() {
    ErrorInfo.Builder info = ErrorInfo.newBuilder();
    return status(
            Code.INVALID_ARGUMENT,
            ErrorReason.ERROR_REASON_REQUEST_MALFORMED,
            "the bytes are no message of this rpc",
            info)
        .addDetails(Any.pack(info.build()))
        .build();
  }

  /** The status of a defect; the log has the details under the request's id. */
  public static Status internal(String requestId) {
    ErrorInfo.Builder info = ErrorInfo.newBuilder();
    return status(
            Code.INTERNAL,
            ErrorReason.ERROR_REASON_INTERNAL,
            "internal error, request " + requestId,
            info)
        .addDetails(Any.pack(info.build()))
        .build();
  }

  /** The reason that a status tells; unspecified when it tells none of ours. */
  public static ErrorReason reason(Status status) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          return ErrorReason.valueOf(PREFIX + detail.unpack(ErrorInfo.class).getReason());
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
          return ErrorReason.ERROR_REASON_UNSPECIFIED;
        }
      }
    }
    return ErrorReason.ERROR_REASON_UNSPECIFIED;
  }

  /** A reason as it stands in an ErrorInfo. */
  public static String name(ErrorReason reason) {
    return reason.name().substring(PREFIX.length());
  }

  private static Status.Builder status(
      Code code, ErrorReason reason, String message, ErrorInfo.Builder info) {
    info.setDomain(DOMAIN).setReason(name(reason));
    return Status.newBuilder().setCode(code.getNumber()).setMessage(message);
  }

  private static String message(RefusedException refused) {
    return switch (refused.refusal()) {
      case KEY_MISSING -> "the call has no service key (authorization: Bearer jt_svc_…)";
      case KEY_INVALID -> "the service key is not valid";
      case PERMISSION_MISSING ->
          "the caller lacks the permission "
              + String.valueOf(refused.permission()).toLowerCase(Locale.ROOT)
              + " in this realm";
      case FIELD_INVALID ->
          refused.fields().get(0).field() + ": " + refused.fields().get(0).expected();
      case REALM_NOT_FOUND -> "there is no such realm";
      case TOKEN_NOT_FOUND -> "the realm has no such token";
      case TOKEN_EXISTS -> "a token of the realm has this code or is this JWT";
      case REQUEST_ID_REUSED -> "the request_id was used with other parameters";
      case CALLER_NOT_FOUND -> "there is no such caller";
      case CALLER_EXISTS -> "the caller's name is taken";
      case CALLER_DISABLED -> "the caller is disabled";
      case LAST_ADMINISTRATOR -> "this would leave no caller with admin for all realms";
      case STORE_UNAVAILABLE -> "the database does not answer";
      case STORE_FULL -> "the database has no room left; nothing was written";
      case STORE_CONFLICT -> "the call lost to others again and again; nothing was written";
      case OVERLOADED -> "too many calls wait for the database";
      case STOPPING -> "the server is stopping; nothing was written";
      case ACCOUNT_NOT_FOUND -> "the realm has no such account";
      case ACCOUNT_EXISTS ->
          "another account of the realm has this " + refused.fields().get(0).field();
      case ACCOUNT_INACTIVE -> "the account is disabled or banned";
      case LOGINS_THROTTLED -> "too many failed logins, or too many at once";
      case SIGNING_KEY_NOT_FOUND -> "the realm has no such signing key";
      case SIGNING_KEY_RETIRED -> "no key of this name may sign any more";
      case TOKEN_BOUND -> "the token is about somebody already";
      case TOKEN_INACTIVE -> "the token is revoked or expired";
      case MODULE_NOT_FOUND -> "the realm has no such module or sub-module";
      case MODULE_EXISTS ->
          "another module of the realm has this " + refused.fields().get(0).field();
      case MODULE_INACTIVE -> "the module or sub-module has expired or is disabled";
      case APPLICATION_NOT_FOUND -> "the realm has no such application";
      case APPLICATION_EXISTS -> "another application of the realm has this app_id";
      case APPLICATION_INACTIVE -> "the application is disabled";
      case SESSION_NOT_FOUND -> "the realm has no such session";
      case SESSION_EXISTS -> "another session of the realm has this sid";
      case QUOTA_EXCEEDED -> "the issuer has as many anonymous tokens as it may have";
    };
  }

  private static Code code(Refusal refusal) {
    return switch (refusal) {
      case KEY_MISSING, KEY_INVALID -> Code.UNAUTHENTICATED;
      case PERMISSION_MISSING -> Code.PERMISSION_DENIED;
      case FIELD_INVALID -> Code.INVALID_ARGUMENT;
      case REALM_NOT_FOUND,
          TOKEN_NOT_FOUND,
          CALLER_NOT_FOUND,
          ACCOUNT_NOT_FOUND,
          SIGNING_KEY_NOT_FOUND,
          MODULE_NOT_FOUND,
          APPLICATION_NOT_FOUND,
          SESSION_NOT_FOUND ->
          Code.NOT_FOUND;
      case TOKEN_EXISTS,
          REQUEST_ID_REUSED,
          CALLER_EXISTS,
          ACCOUNT_EXISTS,
          MODULE_EXISTS,
          APPLICATION_EXISTS,
          SESSION_EXISTS ->
          Code.ALREADY_EXISTS;
      case CALLER_DISABLED,
          LAST_ADMINISTRATOR,
          ACCOUNT_INACTIVE,
          SIGNING_KEY_RETIRED,
          TOKEN_BOUND,
          TOKEN_INACTIVE,
          MODULE_INACTIVE,
          APPLICATION_INACTIVE ->
          Code.FAILED_PRECONDITION;
      case STORE_UNAVAILABLE, OVERLOADED, STOPPING -> Code.UNAVAILABLE;
      case STORE_FULL, LOGINS_THROTTLED, QUOTA_EXCEEDED -> Code.RESOURCE_EXHAUSTED;
      case STORE_CONFLICT -> Code.ABORTED;
    };
  }

  /** The reason of a refusal, for those who are not told a status. */
  public static ErrorReason reason(Refusal refusal) {
    return switch (refusal) {
      case KEY_MISSING -> ErrorReason.ERROR_REASON_KEY_MISSING;
      case KEY_INVALID -> ErrorReason.ERROR_REASON_KEY_INVALID;
      case PERMISSION_MISSING -> ErrorReason.ERROR_REASON_PERMISSION_MISSING;
      case FIELD_INVALID -> ErrorReason.ERROR_REASON_FIELD_INVALID;
      case REALM_NOT_FOUND -> ErrorReason.ERROR_REASON_REALM_NOT_FOUND;
      case TOKEN_NOT_FOUND -> ErrorReason.ERROR_REASON_TOKEN_NOT_FOUND;
      case TOKEN_EXISTS -> ErrorReason.ERROR_REASON_TOKEN_EXISTS;
      case REQUEST_ID_REUSED -> ErrorReason.ERROR_REASON_REQUEST_ID_REUSED;
      case CALLER_NOT_FOUND -> ErrorReason.ERROR_REASON_CALLER_NOT_FOUND;
      case CALLER_EXISTS -> ErrorReason.ERROR_REASON_CALLER_EXISTS;
      case CALLER_DISABLED -> ErrorReason.ERROR_REASON_CALLER_DISABLED;
      case LAST_ADMINISTRATOR -> ErrorReason.ERROR_REASON_LAST_ADMINISTRATOR;
      case STORE_UNAVAILABLE -> ErrorReason.ERROR_REASON_STORE_UNAVAILABLE;
      case STORE_FULL -> ErrorReason.ERROR_REASON_STORE_FULL;
      case STORE_CONFLICT -> ErrorReason.ERROR_REASON_STORE_CONFLICT;
      case OVERLOADED -> ErrorReason.ERROR_REASON_OVERLOADED;
      case STOPPING -> ErrorReason.ERROR_REASON_STOPPING;
      case ACCOUNT_NOT_FOUND -> ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND;
      case ACCOUNT_EXISTS -> ErrorReason.ERROR_REASON_ACCOUNT_EXISTS;
      case ACCOUNT_INACTIVE -> ErrorReason.ERROR_REASON_ACCOUNT_INACTIVE;
      case LOGINS_THROTTLED -> ErrorReason.ERROR_REASON_LOGINS_THROTTLED;
      case SIGNING_KEY_NOT_FOUND -> ErrorReason.ERROR_REASON_SIGNING_KEY_NOT_FOUND;
      case SIGNING_KEY_RETIRED -> ErrorReason.ERROR_REASON_SIGNING_KEY_RETIRED;
      case TOKEN_BOUND -> ErrorReason.ERROR_REASON_TOKEN_BOUND;
      case TOKEN_INACTIVE -> ErrorReason.ERROR_REASON_TOKEN_INACTIVE;
      case MODULE_NOT_FOUND -> ErrorReason.ERROR_REASON_MODULE_NOT_FOUND;
      case MODULE_EXISTS -> ErrorReason.ERROR_REASON_MODULE_EXISTS;
      case MODULE_INACTIVE -> ErrorReason.ERROR_REASON_MODULE_INACTIVE;
      case APPLICATION_NOT_FOUND -> ErrorReason.ERROR_REASON_APPLICATION_NOT_FOUND;
      case APPLICATION_EXISTS -> ErrorReason.ERROR_REASON_APPLICATION_EXISTS;
      case APPLICATION_INACTIVE -> ErrorReason.ERROR_REASON_APPLICATION_INACTIVE;
      case SESSION_NOT_FOUND -> ErrorReason.ERROR_REASON_SESSION_NOT_FOUND;
      case SESSION_EXISTS -> ErrorReason.ERROR_REASON_SESSION_EXISTS;
      case QUOTA_EXCEEDED -> ErrorReason.ERROR_REASON_QUOTA_EXCEEDED;
    };
  }
}
