package io.jeton.server.api;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Session;
import java.time.Instant;
import java.util.Optional;

/** The domain's words about sessions as messages, and back. */
final class SessionMessages {
  private static final String NO_DATA = "{}";

  private SessionMessages() {}

  /** A session without its data. */
  static io.jeton.v1.Session session(Session session) {
    return session(session, "");
  }

  static io.jeton.v1.Session session(Session session, String data) {
    return io.jeton.v1.Session.newBuilder()
        .setId(session.id().toString())
        .setRealm(session.realm().name().value())
        .setAccountId(session.account().map(AccountId::toString).orElse(""))
        .setData(data)
        .setCreateTime(Messages.timestamp(session.createTime()))
        .setExpireTime(Messages.timestamp(session.expireTime()))
        .build();
  }

  /**
   * The data that a request gives; that of the empty text has no members.
   *
   * @throws RefusedException FIELD_INVALID
   */
  static String data(String field, String text) {
    if (text.isEmpty()) {
      return NO_DATA;
    }
    if (!JsonText.isObject(text)) {
      throw RefusedException.ofField(field, "must be a JSON object");
    }
    return text;
  }

  /**
   * The account that a request names, if it names one.
   *
   * @throws RefusedException ACCOUNT_NOT_FOUND when no account can have this id
   */
  static Optional<AccountId> account(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        AccountId.parse(text).orElseThrow(() -> RefusedException.of(Refusal.ACCOUNT_NOT_FOUND)));
  }

  /** The end that a request says, if it says one. */
  static Optional<Instant> end(
      Optional<Duration> lifetime, Optional<Timestamp> expireTime, Instant now) {
    lifetime.ifPresent(each -> Times.requireReal("lifetime", each));
    expireTime.ifPresent(each -> Times.requireReal("expire_time", each));
    return Times.end(lifetime, expireTime, now);
  }
}
