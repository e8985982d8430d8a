package io.jeton.server.api;

import io.jeton.server.cache.TokenCache;
import io.jeton.server.domain.Binding;
import io.jeton.server.domain.LicenceStore;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenFamilies;
import io.jeton.server.domain.TokenReader;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.BindTokenResponse;
import java.time.InstantSource;
import java.util.Optional;

/** {@code BindToken}. Blocks; safe for use by several threads. */
public final class BindTokens {
  private static final int MOST_SCOPES = 64;

  private final Access access;
  private final Validation validation;
  private final TokenFamilies families;
  private final NamedTokens named;
  private final BindMachines machines;
  private final Publishing publishing;
  private final InstantSource clock;

  public BindTokens(
      Access access,
      Validation validation,
      TokenFamilies families,
      LicenceStore licences,
      TokenReader reader,
      Modules modules,
      TokenCache cache,
      InstantSource clock) {
    this.access = access;
    this.validation = validation;
    this.families = families;
    this.named = new NamedTokens(reader, modules);
    this.machines = new BindMachines(licences, modules, cache, clock);
    this.publishing = new Publishing(cache);
    this.clock = clock;
  }

  public BindTokenResponse bind(BindTokenRequest request, Identity identity) {
    Validation.requireAtMost("scopes", request.getScopesCount(), MOST_SCOPES);
    validation.require(request);
    BindMachines.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ISSUE);
    Token found = named.find(realm, NamedTokens.Name.of(request));
    Optional<Token> bound =
        request.hasMachine()
            ? machines.bind(request, realm, found, identity)
            : bindFamily(request, realm, found, identity);
    return BindTokenResponse.newBuilder()
        .setToken(Messages.token(NamedTokens.orNotFound(bound)))
        .build();
  }

  private Optional<Token> bindFamily(
      BindTokenRequest request, Realm realm, Token found, Identity identity) {
    Binding binding = binding(request);
    return publishing.publish(
        touched -> {
          touched.accept(found.lookup());
          return families.bind(
              realm, found.id(), binding, clock.instant(), identity.actor(), touched);
        });
  }

  private static Binding binding(BindTokenRequest request) {
    Scopes scopes = Scopes.of(request.getScopesList());
    return request.hasAccountId()
        ? Binding.to(IssueTerms.accountId(request.getAccountId()), scopes)
        : Binding.to(request.getSubject(), scopes);
  }
}
