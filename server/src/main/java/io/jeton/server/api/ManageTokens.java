package io.jeton.server.api;

import io.jeton.server.cache.TokenCache;
import io.jeton.server.crypto.Lookups;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenReader;
import io.jeton.server.domain.TokenReader.Position;
import io.jeton.server.domain.TokenWriter;
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
  private final TokenCache cache;
  private final ForeignTokenAdopter adopter;
  private final InstantSource clock;

  public ManageTokens(
      Access access,
      Validation validation,
      TokenReader reader,
      TokenWriter writer,
      TokenCache cache,
      ForeignTokenAdopter adopter,
      InstantSource clock) {
    this.access = access;
    this.validation = validation;
    this.reader = reader;
    this.writer = writer;
    this.cache = cache;
    this.adopter = adopter;
    this.clock = clock;
  }

  public GetTokenResponse get(GetTokenRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.LIST);
    Optional<Token> token =
        request.hasId()
            ? TokenId.parse(request.getId()).flatMap(id -> reader.byId(realm, id))
            : reader.byLookup(Lookups.ofToken(realm.name(), request.getToken()));
    return GetTokenResponse.newBuilder().setToken(Messages.token(orNotFound(token))).build();
  }

  public ListTokensResponse list(ListTokensRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.LIST);
    Optional<String> subject =
        request.hasSubject() ? Optional.of(request.getSubject()) : Optional.empty();
    String query = realm.name().value() + '\0' + subject.map(each -> "=" + each).orElse("");
    Optional<Position> after = PageTokens.position(request.getPageToken(), query);
    int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
    List<Token> found = reader.list(realm, subject, after, size + 1);
    ListTokensResponse.Builder response = ListTokensResponse.newBuilder();
    found.stream().limit(size).map(Messages::token).forEach(response::addTokens);
    if (found.size() > size) {
      Token last = found.get(size - 1);
      response.setNextPageToken(PageTokens.text(new Position(last.subject(), last.id()), query));
    }
    return response.build();
  }

  public RevokeTokenResponse revoke(RevokeTokenRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.REVOKE);
    Token found = orNotFound(find(request, realm, identity));
    try {
      Token revoked =
          orNotFound(writer.revoke(realm, found.id(), clock.instant(), identity.actor()));
      cache.changed(found.lookup());
      return RevokeTokenResponse.newBuilder().setToken(Messages.token(revoked)).build();
    } catch (RuntimeException e) {
      cache.doubted(found.lookup());
      throw e;
    }
  }

  /** Takes a token over, if it is one that an original server made, so that it can be ended. */
  private Optional<Token> find(RevokeTokenRequest request, Realm realm, Identity identity) {
    if (request.hasId()) {
      return TokenId.parse(request.getId()).flatMap(id -> reader.byId(realm, id));
    }
    return reader
        .byLookup(Lookups.ofToken(realm.name(), request.getToken()))
        .or(
            () ->
                adopter.isCandidate(realm, request.getToken())
                    ? adopter.adopt(realm, request.getToken(), identity.actor())
                    : Optional.empty());
  }

  private static Token orNotFound(Optional<Token> token) {
    return token.orElseThrow(() -> RefusedException.of(Refusal.TOKEN_NOT_FOUND));
  }
}
