package io.jeton.server.api;

import io.jeton.server.cache.TokenCache;
import io.jeton.server.domain.Epochs;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenReader;
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
import java.util.Optional;

/**
 * {@code GetToken}, {@code ListTokens} and {@code RevokeToken}. Blocks; safe for use by several
 * threads.
 */
public final class ManageTokens {
  private static final int DEFAULT_PAGE = 50;

  private final Access access;
  private final Validation validation;
  private final TokenWriter writer;
  private final Epochs epochs;
  private final LiveTokens live;
  private final NamedTokens named;
  private final Publishing publishing;
  private final ForeignTokenAdopter adopter;
  private final InstantSource clock;

  public ManageTokens(
      Access access,
      Validation validation,
      TokenReader reader,
      TokenWriter writer,
      Epochs epochs,
      TokenCache cache,
      ForeignTokenAdopter adopter,
      InstantSource clock) {
    this.access = access;
    this.validation = validation;
    this.writer = writer;
    this.epochs = epochs;
    this.live = new LiveTokens(reader, epochs);
    this.named = new NamedTokens(reader);
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
    return GetTokenResponse.newBuilder().setToken(Messages.token(epochs.judged(token))).build();
  }

  public ListTokensResponse list(ListTokensRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.LIST);
    Optional<String> subject =
        request.hasSubject() ? Optional.of(request.getSubject()) : Optional.empty();
    String query = realm.name().value() + '\0' + subject.map(each -> "=" + each).orElse("");
    Optional<Position> after = PageTokens.position(request.getPageToken(), query);
    int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
    LiveTokens.Page page = live.page(realm, subject, after, size);
    ListTokensResponse.Builder response = ListTokensResponse.newBuilder();
    page.tokens().stream().map(Messages::token).forEach(response::addTokens);
    page.next().ifPresent(next -> response.setNextPageToken(PageTokens.text(next, query)));
    return response.build();
  }

  public RevokeTokenResponse revoke(RevokeTokenRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.REVOKE);
    Token found =
        request.hasId()
            ? named.byId(realm, request.getId())
            : named.bySecret(
                realm, request.getToken(), () -> adopt(realm, request.getToken(), identity));
    if (epochs.isEnded(found)) {
      return RevokeTokenResponse.newBuilder()
          .setToken(Messages.token(epochs.judged(found)))
          .build();
    }
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
