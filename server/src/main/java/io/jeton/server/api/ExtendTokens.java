package io.jeton.server.api;

import io.jeton.server.cache.TokenCache;
import io.jeton.server.domain.Extension;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenExtender;
import io.jeton.server.domain.TokenReader;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.ExtendTokenResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** {@code ExtendToken}. Blocks; safe for use by several threads. */
public final class ExtendTokens {
  private final Access access;
  private final Validation validation;
  private final TokenExtender extender;
  private final NamedTokens named;
  private final Publishing publishing;
  private final InstantSource clock;

  public ExtendTokens(
      Access access,
      Validation validation,
      TokenExtender extender,
      TokenReader reader,
      Modules modules,
      TokenCache cache,
      InstantSource clock) {
    this.access = access;
    this.validation = validation;
    this.extender = extender;
    this.named = new NamedTokens(reader, modules);
    this.publishing = new Publishing(cache);
    this.clock = clock;
  }

  public ExtendTokenResponse extend(ExtendTokenRequest request, Identity identity) {
    Times.requireDate("expire_time", request.getExpireTime());
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ISSUE);
    Token found = named.find(realm, NamedTokens.Name.of(request));
    Extension extension =
        request.hasExpireTime()
            ? new Extension.To(exactly(Messages.instant(request.getExpireTime())))
            : new Extension.By(request.getBySeconds());
    Instant now = exactly(clock.instant());
    Optional<Token> extended =
        publishing.publish(
            touched -> {
              touched.accept(found.lookup());
              return extender.extend(realm, found.id(), extension, now, identity.actor(), touched);
            });
    return ExtendTokenResponse.newBuilder()
        .setToken(Messages.token(NamedTokens.orNotFound(extended)))
        .build();
  }

  /** The instant as it is kept. */
  private static Instant exactly(Instant instant) {
    return Micros.toInstant(Micros.of(instant));
  }
}
