package io.jeton.server.api;

import io.jeton.server.cache.TokenCache;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenReader;
import io.jeton.server.domain.TokenReader.Filter;
import io.jeton.server.domain.TokenReader.Position;
import io.jeton.server.domain.TokenWriter;
import io.jeton.server.domain.TokenWriter.Revocation;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.GetTokenResponse;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ListTokensResponse;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.RevokeTokenResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * {@code GetToken}, {@code ListTokens} and {@code RevokeToken}. Blocks; safe for use by several
 * threads.
 */
public final class ManageTokens {
  private static final int DEFAULT_PAGE = 50;

  private final Access access;
  private final Validation validation;
  private final TokenReader reader;
  private final TokenWriter writer;
  private final NamedTokens named;
  private final DetailedTokens detailed;
  private final Publishing publishing;
  private final ForeignTokenAdopter adopter;
  private final InstantSource clock;

  public ManageTokens(
      Access access,
      Validation validation,
      TokenReader reader,
      TokenWriter writer,
      TokenCache cache,
      ForeignTokenAdopter adopter,
      SecretSources sources,
      InstantSource clock) {
    this.access = access;
    this.validation = validation;
    this.reader = reader;
    this.writer = writer;
    this.named = new NamedTokens(reader);
    this.detailed = new DetailedTokens(reader, sources);
    this.publishing = new Publishing(cache);
    this.adopter = adopter;
    this.clock = clock;
  }

  public GetTokenResponse get(GetTokenRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.LIST);
    Token token =
        request.hasId()
            ? named.byId(realm, request.getId())
            : named.bySecret(realm, request.getToken());
    return GetTokenResponse.newBuilder().setToken(detailed.message(token)).build();
  }

  public ListTokensResponse list(ListTokensRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.LIST);
    if (request.getReveal()) {
      access.require(identity.caller(), request.getRealm(), Permission.REVEAL);
    }
    Filter filter =
        new Filter(
            request.hasSubject() ? Optional.of(request.getSubject()) : Optional.empty(),
            request.hasIssuer() ? Optional.of(request.getIssuer()) : Optional.empty());
    String query = query(realm, filter);
    Optional<Position> after = PageTokens.position(request.getPageToken(), query);
    int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
    List<Token> found = reader.list(realm, filter, after, size + 1);
    List<Token> page = found.subList(0, Math.min(size, found.size()));
    ListTokensResponse.Builder response =
        ListTokensResponse.newBuilder().addAllTokens(detailed.messages(page));
    if (request.getReveal()) {
      response.addAllSecrets(detailed.secrets(page));
    }
    if (found.size() > size) {
      Token last = page.get(size - 1);
      response.setNextPageToken(PageTokens.text(new Position(last.subject(), last.id()), query));
    }
    return response.build();
  }

  private static String query(Realm realm, Filter filter) {
    return realm.name().value()
        + '\0'
        + filter.subject().map(each -> "=" + each).orElse("")
        + filter.issuer().map(each -> "\0=" + each).orElse("");
  }

  public RevokeTokenResponse revoke(RevokeTokenRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.REVOKE);
    Token found =
        request.hasId()
            ? named.byId(realm, request.getId())
            : named.bySecret(
                realm, request.getToken(), () -> adopt(realm, request.getToken(), identity));
    Optional<Revocation> revoked =
        publishing.publish(
            touched -> {
              touched.accept(found.lookup());
              return writer.revoke(realm, found.id(), clock.instant(), identity.actor(), touched);
            });
    return RevokeTokenResponse.newBuilder()
        .setToken(Messages.token(NamedTokens.orNotFound(revoked.map(Revocation::token))))
        .setChanged(revoked.filter(Revocation::changed).isPresent())
        .build();
  }

  /** Takes a token over, if it is one that an original server made, so that it can be ended. */
  private Optional<Token> adopt(Realm realm, String secret, Identity identity) {
    return adopter.isCandidate(realm, secret)
        ? adopter.adopt(realm, secret, identity.actor())
        : Optional.empty();
  }
}
