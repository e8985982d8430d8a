package io.jeton.server.api;

import io.jeton.server.crypto.Lookups;
import io.jeton.server.domain.LicensedModule;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenReader;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.ModuleScope;
import io.jeton.v1.RevokeTokenRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the token that a request names. Safe for use by several threads; blocks. */
final class NamedTokens {
  private final TokenReader reader;
  private final ModuleScopes scopes;

  NamedTokens(TokenReader reader, Modules modules) {
    this.reader = reader;
    this.scopes = new ModuleScopes(modules);
  }

  /**
   * How a request names a token.
   *
   * @param id its id, or null: it is named by its secret
   * @param scope where the secret of a licence is unique, or null: it is no licence
   */
  record Name(@Nullable String id, String secret, @Nullable ModuleScope scope) {
    static Name of(GetTokenRequest request) {
      return new Name(
          request.hasId() ? request.getId() : null,
          request.getToken(),
          request.hasModuleScope() ? request.getModuleScope() : null);
    }

    static Name of(RevokeTokenRequest request) {
      return new Name(
          request.hasId() ? request.getId() : null,
          request.getToken(),
          request.hasModuleScope() ? request.getModuleScope() : null);
    }

    static Name of(BindTokenRequest request) {
      return new Name(
          request.hasId() ? request.getId() : null,
          request.getToken(),
          request.hasModuleScope() ? request.getModuleScope() : null);
    }

    static Name of(ExtendTokenRequest request) {
      return new Name(
          request.hasId() ? request.getId() : null,
          request.getToken(),
          request.hasModuleScope() ? request.getModuleScope() : null);
    }

    @Override
    public String toString() {
      return "the name of a token";
    }
  }

  /**
   * The token with this id or secret, else what this secret refreshes with.
   *
   * @throws RefusedException TOKEN_NOT_FOUND, MODULE_NOT_FOUND, FIELD_INVALID for a scope of an id
   */
  Token find(Realm realm, Name name) {
    return find(realm, name, Optional::empty);
  }

  /** The token with this id or secret, else what this secret refreshes with, else another. */
  Token find(Realm realm, Name name, Supplier<Optional<Token>> otherwise) {
    if (name.id != null) {
      if (name.scope != null) {
        throw RefusedException.ofField("module_scope", "must be unset when there is an id");
      }
      return orNotFound(TokenId.parse(name.id).flatMap(each -> reader.byId(realm, each)));
    }
    if (name.scope != null) {
      LicensedModule module =
          scopes.require(realm, name.scope.getModule(), name.scope.getSubModule());
      return orNotFound(
          reader.byLookup(
              Lookups.ofLicence(realm.name(), module, name.scope.getIssuer(), name.secret)));
    }
    return orNotFound(
        reader
            .byLookup(Lookups.ofToken(realm.name(), name.secret))
            .or(() -> reader.byLookup(Lookups.ofRefresh(realm.name(), name.secret)))
            .or(otherwise));
  }

  static Token orNotFound(Optional<Token> token) {
    return token.orElseThrow(() -> RefusedException.of(Refusal.TOKEN_NOT_FOUND));
  }
}
