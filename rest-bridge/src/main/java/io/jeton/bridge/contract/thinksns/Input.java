package io.jeton.bridge.contract.thinksns;

import com.linecorp.armeria.common.HttpHeaderNames;
import io.jeton.bridge.Inquiry;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The fields that a request came with. A field of the body hides the one of the query with the same
 * name, whatever its value. A charset is not looked at: everything is UTF-8, as with the original.
 */
record Input(Fields query, Fields body) {
  /** Reads a request's query and body; never fails. */
  static CompletableFuture<Input> of(Inquiry inquiry) {
    Fields query = FormFields.read(inquiry.query());
    return body(inquiry).thenApply(body -> new Input(query, body));
  }

  /** A field's text, without white space around it. */
  Optional<String> trimmed(String name) {
    return (body.has(name) ? body : query).trimmed(name);
  }

  /** A field's text as it was sent. */
  Optional<String> raw(String name) {
    return (body.has(name) ? body : query).raw(name);
  }

  private static CompletableFuture<Fields> body(Inquiry inquiry) {
    String type =
        inquiry.headers().get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT).trim();
    byte[] body = inquiry.body();
    if (type.contains("/json") || type.contains("+json")) {
      return CompletableFuture.completedFuture(JsonFields.read(body));
    }
    if (type.startsWith("application/x-www-form-urlencoded")) {
      return CompletableFuture.completedFuture(
          FormFields.read(new String(body, StandardCharsets.UTF_8)));
    }
    return type.startsWith("multipart/form-data")
        ? MultipartFields.read(inquiry.headers().contentType(), body)
        : CompletableFuture.completedFuture(Fields.NONE);
  }
}
