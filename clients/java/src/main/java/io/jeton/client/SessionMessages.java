package io.jeton.client;

import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.UpdateSessionRequest;
import java.util.Optional;

/** Turns the protocol's messages about sessions into Java's and back. */
final class SessionMessages {
  private SessionMessages() {}

  static Session session(io.jeton.v1.Session m) {
    return new Session(
        m.getId(),
        m.getRealm(),
        m.getAccountId(),
        m.getData(),
        Messages.instant(m.getCreateTime()),
        Messages.instant(m.getExpireTime()));
  }

  static FoundSession found(
      io.jeton.v1.Session session, boolean hasAccount, io.jeton.v1.Account account) {
    return new FoundSession(
        session(session),
        hasAccount ? Optional.of(AccountMessages.account(account)) : Optional.empty());
  }

  static CreateSessionRequest request(SessionSpec spec) {
    var request =
        CreateSessionRequest.newBuilder()
            .setRealm(spec.realm())
            .setAccountId(spec.accountId())
            .setData(spec.data().reveal());
    spec.sid().map(Secret::reveal).ifPresent(request::setSid);
    if (spec.expiry() instanceof Expiry.After after) {
      request.setLifetime(Messages.duration(after.lifetime()));
    } else if (spec.expiry() instanceof Expiry.At at) {
      request.setExpireTime(Messages.timestamp(at.expireTime()));
    }
    return request.build();
  }

  static UpdateSessionRequest request(String realm, Secret sid, SessionChange change) {
    var request = UpdateSessionRequest.newBuilder().setRealm(realm).setSid(sid.reveal());
    change.accountId().ifPresent(request::setAccountId);
    change.data().map(Secret::reveal).ifPresent(request::setData);
    Expiry expiry = change.expiry().orElseGet(Expiry.Never::new);
    if (expiry instanceof Expiry.After after) {
      request.setLifetime(Messages.duration(after.lifetime()));
    } else if (expiry instanceof Expiry.At at) {
      request.setExpireTime(Messages.timestamp(at.expireTime()));
    }
    return request.build();
  }
}
