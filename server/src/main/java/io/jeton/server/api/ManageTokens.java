package io.jeton.server.api;

import io.jeton.server.cache.LastUses;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.domain.Epochs;
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
  private final DetailedTokens detailed;
  private final Publishing publishing;
  private final ForeignTokenAdopter adopter;
  private final InstantSource clock;

  public ManageTokens(
      Access access,
      Validation validation,
      TokenReader reader,
      TokenWriter writer,
      Modules modules,
      LastUses uses,
      Epochs epochs,
      TokenCache cache,
      ForeignTokenAdopter adopter,
      SecretSources sources,
      InstantSource clock) {
    this.access = access;
    this.validation = validation;
    this.writer = writer;
    this.epochs = epochs;
    this.live = new LiveTokens(reader, epochs);
    this.named = new NamedTokens(reader, modules);
    this.detailed = new DetailedTokens(reader, sources, uses);
    this.publishing = new Publishing(cache);
    this.adopter = adopter;
    this.clock = clock;
  }

  public GetTokenResponse get(GetTokenRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.LIST);
    Token token = named.find(realm, NamedTokens.Name.of(request));
    return GetTokenResponse.newBuilder().setToken(detailed.message(epochs.judged(token))).build();
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
    LiveTokens.Page page = live.page(realm, filter, after, size);
    ListTokensResponse.Builder response =
        ListTokensResponse.newBuilder().addAllTokens(detailed.messages(page.tokens()));
    if (request.getReveal()) {
      response.addAllSecrets(detailed.secrets(page.tokens()));
    }
    page.next().ifPresent(next -> response.setNextPageToken(PageTokens.text(next, query)));
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
        named.find(
            realm, NamedTokens.Name.of(request), () -> adopt(realm, request.getToken(), identity));
    boolean isEnded = epochs.isEnded(found);
    // Others of its family may be of no group that was ended.
    if (isEnded && found.ties().family() == null) {
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
    Token token = NamedTokens.orNotFound(revoked.map(Revocation::token));
    return RevokeTokenResponse.newBuilder()
        .setToken(Messages.token(epochs.judged(token)))
        .setChanged(!isEnded && revoked.filter(Revocation::changed).isPresent())
        .build();
  }

  /** Takes a token over, if it is one that an original server made, so that it can be ended. */
  private Optional<Token> adopt(Realm realm, String secret, Identity identity) {
    return adopter.isCandidate(realm, secret)
        ? adopter.adopt(realm, secret, identity.actor())
        : Optional.empty();
  }
}
