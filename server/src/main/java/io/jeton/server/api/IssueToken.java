package io.jeton.server.api;

import io.jeton.server.api.RememberedAnswers.Repeatable;
import io.jeton.server.api.SecretMint.Claims;
import io.jeton.server.api.SecretMint.Minted;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.crypto.Lookups;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.domain.Additions;
import io.jeton.server.domain.LicensedModule;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefreshRow;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.SecretSource;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenIds;
import io.jeton.server.domain.TokenWriter;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import io.jeton.server.domain.TokenWriter.DuplicateRequestException;
import io.jeton.server.domain.TokenWriter.RememberedRequest;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** {@code IssueToken}. Blocks; safe for use by several threads. */
public final class IssueToken {
  private static final int ATTEMPTS = 10;
  private static final int MOST_SCOPES = 64;

  private final Access access;
  private final Validation validation;
  private final BiPredicate<Realm, String> disabledApplications;
  private final TokenWriter writer;
  private final TokenCache cache;
  private final Sealer sealer;
  private final RememberedAnswers answers;
  private final TokenIds ids;
  private final SecretMint mint;
  private final ModuleScopes modules;
  private final AnonymousQuotas quotas;
  private final InstantSource clock;

  /**
   * Takes its parts.
   *
   * @param disabledApplications whether an application is registered and disabled; must not block
   */
  public IssueToken(
      Access access,
      Validation validation,
      BiPredicate<Realm, String> disabledApplications,
      TokenWriter writer,
      TokenCache cache,
      Sealer sealer,
      TokenIds ids,
      TokenSigner signer,
      Modules modules,
      AnonymousQuotas quotas,
      InstantSource clock) {
    this.access = access;
    this.validation = validation;
    this.disabledApplications = disabledApplications;
    this.writer = writer;
    this.cache = cache;
    this.sealer = sealer;
    this.answers = new RememberedAnswers(sealer);
    this.ids = ids;
    this.mint = new SecretMint(signer);
    this.modules = new ModuleScopes(modules);
    this.quotas = quotas;
    this.clock = clock;
  }

  public IssueTokenResponse issue(IssueTokenRequest request, Identity identity) {
    IssueTerms.requireRealTimes(request);
    Validation.requireAtMost("scopes", request.getScopesCount(), MOST_SCOPES);
    Companions.requireFew(request);
    validation.require(request);
    IssueTerms.requireLicence(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ISSUE);
    if (request.getRequestId().isEmpty()) {
      return issueOnce(request, realm, identity, Optional.empty());
    }
    Repeatable repeatable = answers.repeatable(request, realm, identity.caller().id());
    for (int attempt = 1; ; attempt++) {
      Optional<RememberedRequest> remembered = writer.remembered(repeatable.key(), clock.instant());
      if (remembered.isPresent()) {
        if (request.hasJwt()) {
          Access.requireMaySign(identity.caller(), realm.name().value(), request.getJwt().getKey());
        }
        IssueTokenResponse response = answers.again(remembered.get(), repeatable);
        // Whoever repeats it may have been told that it failed, and this node may hold what was
        // before.
        cache.changed(lookup(request, realm, response.getSecret()));
        return response;
      }
      try {
        return issueOnce(request, realm, identity, Optional.of(repeatable));
      } catch (RepeatedException e) {
        // Somebody made the same request at the same moment: answer what that one was answered.
        if (attempt == ATTEMPTS) {
          throw RefusedException.of(Refusal.STORE_CONFLICT);
        }
      }
    }
  }

  private IssueTokenResponse issueOnce(
      IssueTokenRequest request, Realm realm, Identity identity, Optional<Repeatable> repeatable) {
    boolean isAnonymous = request.getSubject().isEmpty() && request.getAccountId().isEmpty();
    if (request.getMaxAnonymous() == 0 || !isAnonymous) {
      return issueNow(request, realm, identity, repeatable);
    }
    Runnable made = quotas.take(realm, request.getIssuer(), request.getMaxAnonymous());
    try {
      return issueNow(request, realm, identity, repeatable);
    } finally {
      made.run();
    }
  }

  private IssueTokenResponse issueNow(
      IssueTokenRequest request, Realm realm, Identity identity, Optional<Repeatable> repeatable) {
    if (disabledApplications.test(realm, request.getAppId())) {
      throw RefusedException.of(Refusal.APPLICATION_INACTIVE);
    }
    Instant now = Micros.toInstant(Micros.of(clock.instant()));
    LicensedModule licensed = licensed(request, realm);
    if (licensed != null) {
      modules.requireActive(licensed, Micros.of(now));
    }
    IssueTerms terms = IssueTerms.of(request, licensed, now);
    for (int attempt = 1; ; attempt++) {
      Made made = make(request, terms, realm, identity, now);
      Token token = made.token;
      try {
        insert(
            made,
            terms,
            repeatable.map(each -> answers.remember(each, made.response, now)),
            identity);
        if (terms.isGuessable()) {
          cache.changed(token.lookup());
        }
        return made.response;
      } catch (DuplicateIdException e) {
        if (attempt == ATTEMPTS) {
          throw RefusedException.of(Refusal.STORE_CONFLICT);
        }
      } catch (DuplicateRequestException e) {
        throw new RepeatedException();
      } catch (RuntimeException e) {
        if (terms.isGuessable()) {
          cache.doubted(token.lookup());
        }
        throw e;
      }
    }
  }

  private Lookup lookup(IssueTokenRequest request, Realm realm, String secret) {
    LicensedModule licensed = licensed(request, realm);
    return licensed == null
        ? Lookups.ofToken(realm.name(), secret)
        : Lookups.ofLicence(realm.name(), licensed, request.getIssuer(), secret);
  }

  /** What a request asks for a licence for, or null: for none. */
  private @Nullable LicensedModule licensed(IssueTokenRequest request, Realm realm) {
    return request.getModule().isEmpty()
        ? null
        : modules.require(realm, request.getModule(), request.getSubModule());
  }

  private Made make(
      IssueTokenRequest request, IssueTerms terms, Realm realm, Identity identity, Instant now) {
    Minted minted =
        mint.issued(
            request, new Claims(realm, terms.subject(), terms.expireTime(), identity.caller()));
    TokenId id = ids.next();
    Token token =
        Token.of(
            lookup(request, realm, minted.secret().reveal()),
            id,
            realm,
            terms.attributes(id, minted.signingKeyId()),
            now,
            Optional.empty());
    IssueTokenResponse.Builder response =
        IssueTokenResponse.newBuilder()
            .setToken(Messages.token(token))
            .setSecret(minted.secret().reveal());
    if (!terms.isPair()) {
      Companions companions = Companions.of(request, token, ids);
      response.addAllCompanions(companions.answers());
      Additions additions = new Additions(companions.rows(), source(request, token, minted));
      return new Made(token, Optional.empty(), additions, response.build());
    }
    Secret secret = SecretMint.issuedRefresh(request);
    RefreshRow refresh = RefreshRows.of(ids.next(), secret, token, minted.secret(), now);
    response.setRefreshToken(Messages.token(refresh.token())).setRefreshSecret(secret.reveal());
    return new Made(token, Optional.of(refresh), Additions.NONE, response.build());
  }

  private Optional<SecretSource> source(IssueTokenRequest request, Token token, Minted minted) {
    if (!request.getRevealable()) {
      return Optional.empty();
    }
    return Optional.of(
        request.hasJwt()
            ? SecretSources.ofSigned(request.getJwt(), token.lookup(), minted.secret(), sealer)
            : SecretSources.sealed(token.lookup(), minted.secret(), sealer));
  }

  private void insert(
      Made made, IssueTerms terms, Optional<RememberedRequest> request, Identity identity)
      throws DuplicateIdException, DuplicateRequestException {
    if (made.refresh.isPresent()) {
      writer.insertPair(
          made.token, made.refresh.get(), terms.isGuessable(), request, identity.actor());
    } else if (made.additions.isNone()) {
      writer.insert(made.token, terms.isGuessable(), request, identity.actor());
    } else {
      writer.insertWith(made.token, made.additions, terms.isGuessable(), request, identity.actor());
    }
  }

  /** The rows to add, and what to answer. */
  private record Made(
      Token token,
      Optional<RefreshRow> refresh,
      Additions additions,
      IssueTokenResponse response) {}

  /** The request has been answered meanwhile. */
  private static final class RepeatedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RepeatedException() {
      super(null, null, false, false);
    }
  }
}
