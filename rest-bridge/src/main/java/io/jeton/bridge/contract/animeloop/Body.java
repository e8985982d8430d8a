package io.jeton.bridge.contract.animeloop;

import com.linecorp.armeria.common.MediaType;
import io.jeton.bridge.ContentEncoding;
import io.jeton.bridge.Inquiry;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;

/**
 * Reads the body of a request the way Express reads one: forms and JSON are looked at, everything
 * else is accepted and has no fields.
 */
final class Body {
  private static final MediaType JSON = MediaType.create("application", "json");
  private static final MediaType FORM = MediaType.create("application", "x-www-form-urlencoded");
  private static final String UTF = "utf-";
  private static final String UTF_8 = "utf-8";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private Body() {}

  /**
   * The fields of a body.
   *
   * @throws FailureException when it is no form or JSON, although it says so
   */
  static Fields read(Inquiry inquiry) {
    MediaType type = inquiry.headers().contentType();
    if (inquiry.body().length == 0 || type == null) {
      return Fields.NONE;
    }
    if (type.withoutParameters().is(JSON)) {
      String text = text(inquiry, charset(type, UTF));
      return text.isEmpty() ? Fields.NONE : JsonFields.read(text);
    }
    return type.withoutParameters().is(FORM)
        ? FormFields.read(text(inquiry, charset(type, UTF_8)))
        : Fields.NONE;
  }

  private static String text(Inquiry inquiry, Charset charset) {
    try {
      byte[] bytes = ContentEncoding.decode(inquiry.headers(), inquiry.body());
      String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new FailureException(Failure.BAD_REQUEST);
    } catch (ContentEncoding.UndecodableException e) {
      throw new FailureException(
          switch (e.problem()) {
            case UNKNOWN -> Failure.UNSUPPORTED;
            case MALFORMED -> Failure.BAD_REQUEST;
            case TOO_LARGE -> Failure.TOO_LARGE;
          });
    }
  }

  /** The charset that a type names, which must begin so. */
  private static Charset charset(MediaType type, String prefix) {
    String name =
        type.parameters().getOrDefault("charset", List.of()).stream().findFirst().orElse(UTF_8);
    if (name.toLowerCase(Locale.ROOT).startsWith(prefix)) {
      try {
        return Charset.forName(name);
      } catch (IllegalArgumentException e) {
        throw new FailureException(Failure.UNSUPPORTED);
      }
    }
    throw new FailureException(Failure.UNSUPPORTED);
  }
}
