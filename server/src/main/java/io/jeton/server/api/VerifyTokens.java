package io.jeton.server.api;

import io.jeton.server.cache.LastUses;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.crypto.Lookups;
import io.jeton.server.crypto.TokenFormat;
import io.jeton.server.crypto.TokenFormat.Shape;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Epochs;
import io.jeton.server.domain.LicensedModule;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Module;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.Verdict;
import io.jeton.v1.BatchVerifyTokensRequest;
import io.jeton.v1.BatchVerifyTokensResponse;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.ServedFrom;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code VerifyToken} and {@code BatchVerifyTokens}. A token that is held in memory is judged on
 * the calling thread, and the future is complete on return; otherwise it completes on a thread of
 * the cache. Never blocks; safe for use by several threads.
 */
public final class VerifyTokens {
  private final Access access;
  private final TokenCache cache;
  private final Modules modules;
  private final LastUses uses;
  private final Epochs epochs;
  private final Adoptions adoptions;
  private final Acts acts;
  private final BiPredicate<Realm, String> disabledApplications;
  private final InstantSource clock;
  private final VerdictCounter counter;

  /**
   * Takes its parts.
   *
   * @param disabledApplications whether an application is registered and disabled; must not block
   */
  public VerifyTokens(
      Access access,
      TokenCache cache,
      Modules modules,
      LastUses uses,
      Epochs epochs,
      Adoptions adoptions,
      Acts acts,
      BiPredicate<Realm, String> disabledApplications,
      InstantSource clock,
      VerdictCounter counter) {
    this.access = access;
    this.cache = cache;
    this.modules = modules;
    this.uses = uses;
    this.epochs = epochs;
    this.adoptions = adoptions;
    this.acts = acts;
    this.disabledApplications = disabledApplications;
    this.clock = clock;
    this.counter = counter;
  }

  /** Is told of every verdict. Must not block. */
  @FunctionalInterface
  public interface VerdictCounter {
    void count(Verdict verdict, ServedFrom servedFrom);
  }

  /**
   * Judges one token.
   *
   * @param identity who asks, for the record of a token that is taken over; may be asked for on
   *     another thread
   */
  public CompletableFuture<VerifyTokenResponse> verify(
      VerifyTokenRequest request, @Nullable Caller caller, Supplier<Identity> identity) {
    VerifyLimits.require(request);
    Realm realm = access.require(caller, request.getRealm(), Permission.VERIFY);
    CompletableFuture<VerifyTokenResponse> verdict = judge(request, realm, identity);
    return Acts.isAct(request)
        ? verdict.thenCompose(
            response ->
                acts.written(List.of(request), List.of(response), identity)
                    .thenApply(written -> response))
        : verdict;
  }

  /**
   * Judges up to 100 tokens, each as {@link #verify} would; refuses all if one request is refused.
   */
  public CompletableFuture<BatchVerifyTokensResponse> verifyAll(
      BatchVerifyTokensRequest batch, @Nullable Caller caller, Supplier<Identity> identity) {
    VerifyLimits.require(batch);
    List<VerifyTokenRequest> requests = batch.getRequestsList();
    Realm[] realms = realms(requests, caller);
    List<CompletableFuture<VerifyTokenResponse>> verdicts = new ArrayList<>(realms.length);
    boolean isAnswered = true;
    for (int i = 0; i < realms.length; i++) {
      CompletableFuture<VerifyTokenResponse> verdict = judge(requests.get(i), realms[i], identity);
      verdicts.add(verdict);
      isAnswered &= verdict.isDone() && !verdict.isCompletedExceptionally();
    }
    return isAnswered
        ? all(requests, verdicts, identity)
        : CompletableFuture.allOf(verdicts.toArray(CompletableFuture<?>[]::new))
            .thenCompose(all -> all(requests, verdicts, identity));
  }

  /** The answer to a batch all of whose verdicts are there. */
  private CompletableFuture<BatchVerifyTokensResponse> all(
      List<VerifyTokenRequest> requests,
      List<CompletableFuture<VerifyTokenResponse>> verdicts,
      Supplier<Identity> identity) {
    BatchVerifyTokensResponse.Builder response = BatchVerifyTokensResponse.newBuilder();
    for (CompletableFuture<VerifyTokenResponse> verdict : verdicts) {
      response.addResponses(verdict.join());
    }
    BatchVerifyTokensResponse all = response.build();
    return acts.written(requests, all.getResponsesList(), identity).thenApply(written -> all);
  }

  /** The realms of requests, most of which name the one that the request before them names. */
  private Realm[] realms(List<VerifyTokenRequest> requests, @Nullable Caller caller) {
    Realm[] realms = new Realm[requests.size()];
    for (int i = 0; i < realms.length; i++) {
      String name = requests.get(i).getRealm();
      realms[i] =
          i > 0 && name.equals(requests.get(i - 1).getRealm())
              ? realms[i - 1]
              : access.require(caller, name, Permission.VERIFY);
    }
    return realms;
  }

  private CompletableFuture<VerifyTokenResponse> judge(
      VerifyTokenRequest request, Realm realm, Supplier<Identity> identity) {
    if (!request.getModuleIdentification().isEmpty()) {
      return judgeLicence(request, realm, identity);
    }
    String presented = request.getToken();
    Shape shape = TokenFormat.shapeOf(presented);
    if (shape != Shape.OPAQUE && shape != Shape.OTHER) {
      return CompletableFuture.completedFuture(
          response(request, Verdict.MALFORMED, null, ServedFrom.SERVED_FROM_UNSPECIFIED));
    }
    return find(request, realm, Lookups.ofToken(realm.name(), presented), identity);
  }

  private CompletableFuture<VerifyTokenResponse> judgeLicence(
      VerifyTokenRequest request, Realm realm, Supplier<Identity> identity) {
    Optional<Module> module = modules.byIdentification(realm, request.getModuleIdentification());
    Optional<LicensedModule> licensed =
        module.isEmpty()
            ? Optional.empty()
            : Modules.licensed(module.get(), request.getSubModule());
    if (licensed.isEmpty()) {
      return CompletableFuture.completedFuture(
          response(request, Verdict.MODULE_NOT_FOUND, null, ServedFrom.SERVED_FROM_CACHE));
    }
    if (ModuleScopes.isOverdue(module.get(), licensed.get(), Micros.of(clock.instant()))) {
      return CompletableFuture.completedFuture(
          response(request, Verdict.MODULE_OVERDUE, null, ServedFrom.SERVED_FROM_CACHE));
    }
    return find(
        request,
        realm,
        Lookups.ofLicence(realm.name(), licensed.get(), request.getIssuer(), request.getToken()),
        identity);
  }

  private CompletableFuture<VerifyTokenResponse> find(
      VerifyTokenRequest request, Realm realm, Lookup lookup, Supplier<Identity> identity) {
    Token token = cache.cached(lookup);
    if (token != null) {
      return CompletableFuture.completedFuture(
          respond(request, token, ServedFrom.SERVED_FROM_CACHE));
    }
    if (cache.isKnownAbsent(lookup)) {
      return absent(request, realm, identity, ServedFrom.SERVED_FROM_CACHE);
    }
    return cache
        .load(lookup)
        .thenCompose(
            found ->
                found.isEmpty()
                    ? absent(request, realm, identity, ServedFrom.SERVED_FROM_STORE)
                    : CompletableFuture.completedFuture(
                        respond(request, found.get(), ServedFrom.SERVED_FROM_STORE)));
  }

  /** Judges a token that the store does not have, unless an original server made it. */
  private CompletableFuture<VerifyTokenResponse> absent(
      VerifyTokenRequest request, Realm realm, Supplier<Identity> identity, ServedFrom knownFrom) {
    if (!request.getModuleIdentification().isEmpty()
        || !adoptions.isCandidate(realm, request.getToken())) {
      return CompletableFuture.completedFuture(respond(request, null, knownFrom));
    }
    return adoptions
        .adopt(realm, request.getToken(), identity)
        .thenApply(adopted -> respond(request, adopted.orElse(null), ServedFrom.SERVED_FROM_STORE));
  }

  private VerifyTokenResponse respond(
      VerifyTokenRequest request, @Nullable Token found, ServedFrom servedFrom) {
    Token token = found == null ? null : epochs.judged(found);
    long now = Micros.of(clock.instant());
    Verdict verdict =
        Verdict.judge(token, request.getRequiredScopesList(), request.getAppId(), now);
    boolean isOnMachine = !request.getMachine().isEmpty();
    if (token != null && disabledApplications.test(token.realm(), token.appId())) {
      verdict = verdict.whenApplicationDisabled();
    }
    if (token != null && isOnMachine) {
      verdict = verdict.whenUsedOn(request.getMachine(), token.licence());
    }
    if (token != null && Acts.isAct(request)) {
      verdict = verdict.whenActing(token.kind());
    }
    if (verdict == Verdict.ACTIVE && token != null && isOnMachine) {
      uses.note(token, now);
    }
    return response(request, verdict, token, servedFrom);
  }

  private VerifyTokenResponse response(
      VerifyTokenRequest request, Verdict verdict, @Nullable Token token, ServedFrom servedFrom) {
    counter.count(verdict, servedFrom);
    VerifyTokenResponse.Builder response =
        VerifyTokenResponse.newBuilder().setServedFrom(servedFrom).setReason(reason(verdict));
    if (verdict == Verdict.ACTIVE && token != null) {
      response
          .setActive(true)
          .setToken(Messages.token(token))
          .setEffectiveSubject(Acts.effectiveSubject(request, token));
    }
    return response.build();
  }

  private static InactiveReason reason(Verdict verdict) {
    return switch (verdict) {
      case ACTIVE -> InactiveReason.INACTIVE_REASON_UNSPECIFIED;
      case MALFORMED -> InactiveReason.INACTIVE_REASON_MALFORMED;
      case MODULE_NOT_FOUND -> InactiveReason.INACTIVE_REASON_MODULE_NOT_FOUND;
      case MODULE_OVERDUE -> InactiveReason.INACTIVE_REASON_MODULE_OVERDUE;
      case UNKNOWN -> InactiveReason.INACTIVE_REASON_UNKNOWN;
      case REVOKED -> InactiveReason.INACTIVE_REASON_REVOKED;
      case EXPIRED -> InactiveReason.INACTIVE_REASON_EXPIRED;
      case WRONG_APPLICATION -> InactiveReason.INACTIVE_REASON_WRONG_APPLICATION;
      case APPLICATION_DISABLED -> InactiveReason.INACTIVE_REASON_APPLICATION_DISABLED;
      case MACHINE_UNBOUND -> InactiveReason.INACTIVE_REASON_MACHINE_UNBOUND;
      case WRONG_MACHINE -> InactiveReason.INACTIVE_REASON_WRONG_MACHINE;
      case NOT_ADMINISTRATOR -> InactiveReason.INACTIVE_REASON_NOT_ADMINISTRATOR;
      case MISSING_SCOPE -> InactiveReason.INACTIVE_REASON_MISSING_SCOPE;
    };
  }
}
