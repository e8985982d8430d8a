package io.jeton.server.api;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.SessionId;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenReader.Position;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Places in a list as texts: a checksum over the query and the rest, the last item's id, a token's
 * subject; in URL-safe Base64. A text that belongs to another query is refused. Not secret and not
 * signed: it names a place that its holder could list anyway.
 */
final class PageTokens {
  private PageTokens() {}

  /** A place in a list of tokens. */
  static String text(Position position, String query) {
    return text(position.id().value(), position.subject(), query);
  }

  /** A place in a list of accounts. */
  static String text(AccountId id, String query) {
    return text(id.value(), "", query);
  }

  /** A place in a list of sessions. */
  static String text(SessionId id, String query) {
    return text(id.value(), "", query);
  }

  private static String text(long id, String rest, String query) {
    byte[] bytes = rest.getBytes(StandardCharsets.UTF_8);
    ByteBuffer body = ByteBuffer.allocate(8 + bytes.length);
    body.putLong(id).put(bytes).flip();
    ByteBuffer whole = ByteBuffer.allocate(4 + body.remaining());
    whole.putInt(checksum(query, body.duplicate())).put(body);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole.array());
  }

  /**
   * The place that a text names in a list of tokens; empty for the empty text, which is the
   * beginning.
   *
   * @throws RefusedException FIELD_INVALID when this query never gave that text
   */
  static Optional<Position> position(String text, String query) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      ByteBuffer whole = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      int checksum = whole.getInt();
      if (checksum != checksum(query, whole.duplicate())) {
        throw invalid();
      }
      long id = whole.getLong();
      byte[] subject = new byte[whole.remaining()];
      whole.get(subject);
      return Optional.of(
          new Position(new String(subject, StandardCharsets.UTF_8), new TokenId(id)));
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw invalid();
    }
  }

  /**
   * The place that a text names in a list of accounts; empty for the empty text, which is the
   * beginning.
   *
   * @throws RefusedException FIELD_INVALID when this query never gave that text
   */
  static Optional<AccountId> account(String text, String query) {
    return position(text, query).map(position -> new AccountId(position.id().value()));
  }

  /**
   * The place that a text names in a list of sessions; empty for the empty text, which is the
   * beginning.
   *
   * @throws RefusedException FIELD_INVALID when this query never gave that text
   */
  static Optional<SessionId> session(String text, String query) {
    return position(text, query).map(position -> new SessionId(position.id().value()));
  }

  private static RefusedException invalid() {
    return RefusedException.ofField("page_token", "must be the next_page_token of this same list");
  }

  private static int checksum(String query, ByteBuffer body) {
    CRC32 crc = new CRC32();
    crc.update(query.getBytes(StandardCharsets.UTF_8));
    crc.update(body);
    return (int) crc.getValue();
  }
}
