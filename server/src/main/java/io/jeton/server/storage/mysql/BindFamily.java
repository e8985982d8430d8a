package io.jeton.server.storage.mysql;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Binding;
import io.jeton.server.domain.FamilyMember;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.feed.Lane;
import io.jeton.server.storage.mysql.FamilyRows.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Binds anonymous tokens, each with its family. */
final class BindFamily {
  static final String BIND =
      """
      UPDATE token SET subject = ?, account_id = ?, scopes = COALESCE(?, scopes), epoch = ?
      WHERE token_id = ? AND live = 1 AND subject = '' AND\s"""
          + EpochRows.alive("token");

  private final Transactions transactions;
  private final ReadTokens reader;
  private final FindMembers members;

  BindFamily(Transactions transactions, ReadTokens reader, FindMembers members) {
    this.transactions = transactions;
    this.reader = reader;
    this.members = members;
  }

  Optional<Token> bind(
      Realm realm, TokenId id, Binding binding, Instant at, Actor actor, Consumer<Lookup> touched) {
    return transactions.writeInLane(
        (handle, lane) -> {
          AccountId account = binding.account();
          if (account != null) {
            ActiveAccounts.require(handle, realm, account);
          }
          Optional<Token> found = reader.byId(handle, realm, id);
          if (found.isEmpty()) {
            return found;
          }
          Ties.Family family = found.get().ties().family();
          if (family != null) {
            FamilyRows.lock(handle, family.id());
          }
          // It moves out of a group, which must not be ended meanwhile.
          int epoch = EpochRows.hold(handle, realm);
          Optional<FamilyMember> member = members.lock(handle, realm, id);
          if (member.isEmpty()) {
            // It was removed while this waited for it.
            return Optional.empty();
          }
          Token token = member.get().token();
          if (token.isRevoked()
              || token.isExpiredAt(Micros.of(at))
              || EpochRows.endOf(handle, token).isPresent()) {
            throw RefusedException.of(Refusal.TOKEN_INACTIVE);
          }
          if (binding.isOf(token)) {
            return Optional.of(token);
          }
          if (!token.subject().isEmpty()) {
            throw RefusedException.of(Refusal.TOKEN_BOUND);
          }
          List<Row> rows =
              family == null
                  ? List.of(new Row(id, token.lookup()))
                  : FamilyRows.live(handle, family.id());
          for (Row row : rows) {
            touched.accept(row.lookup());
            boolean keepsScopes = isCompanions(family) && !row.id().equals(id);
            bind(handle, lane, row, binding, keepsScopes, epoch, at);
          }
          Audit.insert(handle, at, actor, "BindToken", realm.name().value(), id.toString());
          return Optional.of(binding.of(token).inEpoch(epoch));
        });
  }

  /** Whether the rows are a token and its companions, each of which has its own scopes. */
  private static boolean isCompanions(Ties.@Nullable Family family) {
    return family != null && family.endTime().isEmpty();
  }

  private static void bind(
      Handle handle,
      Lane lane,
      Row row,
      Binding binding,
      boolean keepsScopes,
      int epoch,
      Instant at) {
    AccountId account = binding.account();
    int bound;
    try (Update update = handle.createUpdate(BIND)) {
      bound =
          update
              .bind(0, TokenRows.bytes(binding.subject()))
              .bind(1, account == null ? null : account.value())
              .bind(2, keepsScopes ? null : TokenRows.bytes(binding.scopes().text()))
              .bind(3, epoch)
              .bind(4, row.id().value())
              .execute();
    }
    if (bound == 1) {
      Revisions.insert(handle, lane, row.lookup(), at);
    }
  }
}
