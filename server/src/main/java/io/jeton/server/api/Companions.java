package io.jeton.server.api;

import io.jeton.server.crypto.Lookups;
import io.jeton.server.crypto.TokenFormat;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenIds;
import io.jeton.v1.Companion;
import io.jeton.v1.CompanionSpec;
import io.jeton.v1.IssueTokenRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tokens that are made with another one and end with it.
 *
 * @param rows their rows
 * @param answers what is answered of them
 */
record Companions(List<Token> rows, List<Companion> answers) {
  private static final int MOST = 4;
  private static final int MOST_SCOPES = 64;

  /** Refuses too many. Comes before the general check. */
  static void requireFew(IssueTokenRequest request) {
    Validation.requireAtMost("companions", request.getCompanionsCount(), MOST);
    for (int i = 0; i < request.getCompanionsCount(); i++) {
      Validation.requireAtMost(
          "companions[" + i + "].scopes", request.getCompanions(i).getScopesCount(), MOST_SCOPES);
    }
  }

  /** Refuses those of a token that must not have any. */
  static void requireFit(IssueTokenRequest request) {
    if (request.getCompanionsCount() == 0) {
      return;
    }
    if (request.hasRefresh()) {
      throw RefusedException.ofField("companions", "must be empty when the token can be refreshed");
    }
    if (!request.getModule().isEmpty()) {
      throw RefusedException.ofField("companions", "must be empty when there is a module");
    }
  }

  static Companions of(IssueTokenRequest request, Token token, TokenIds ids) {
    List<Token> rows = new ArrayList<>();
    List<Companion> answers = new ArrayList<>();
    for (CompanionSpec spec : request.getCompanionsList()) {
      Secret secret = TokenFormat.newToken();
      Token row =
          Token.of(
              Lookups.ofToken(token.realm().name(), secret.reveal()),
              ids.next(),
              token.realm(),
              attributes(spec, token),
              token.issueTime(),
              Optional.empty());
      rows.add(row);
      answers.add(
          Companion.newBuilder().setToken(Messages.token(row)).setSecret(secret.reveal()).build());
    }
    return new Companions(rows, answers);
  }

  private static Token.Attributes attributes(CompanionSpec spec, Token token) {
    Ties ties = token.ties();
    return new Token.Attributes(
        spec.getKind(),
        token.subject(),
        Scopes.of(spec.getScopesList()),
        token.appId(),
        Optional.empty(),
        token.expireTime(),
        new Ties(ties.issuer(), ties.account(), ties.family(), 0));
  }
}
