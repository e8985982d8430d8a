package io.jeton.bridge.contract.thinksns;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import io.jeton.bridge.Contract;
import io.jeton.bridge.Core;
import io.jeton.bridge.CoreException;
import io.jeton.bridge.Inquiry;
import io.jeton.bridge.InstanceSettings;
import io.jeton.bridge.RateLimit.Standing;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An instance of the contract thinksns: logins with JSON Web Tokens under {@code /auth} and, as
 * older clients know them, under {@code /tokens}.
 */
public final class Thinksns implements Contract {
  private static final Logger log = LoggerFactory.getLogger(Thinksns.class);

  private final ThinksnsSettings settings;
  private final Rates rates;
  private final AuthCalls auth;
  private final TokensCalls tokens;
  private final ForeignTokensSetup foreign;

  private Thinksns(ThinksnsSettings settings, Core core, InstantSource clock) {
    Passwords passwords = new Passwords(settings.realm(), core);
    Tokens inCore = new Tokens(settings, core, clock);
    this.settings = settings;
    this.rates = new Rates(settings.requestsPerMinute(), clock);
    this.auth = new AuthCalls(settings, passwords, inCore);
    this.tokens = new TokensCalls(settings, passwords, inCore);
    this.foreign = new ForeignTokensSetup(settings, core, ForeignTokensSetup.DAEMON);
  }

  /**
   * What makes the instance with these settings: {@code requests-per-minute}, {@code
   * login-lifetime}, {@code tokens-lifetime}, {@code refresh-window} and {@code
   * accept-foreign-until}.
   */
  public static BiFunction<Core, InstantSource, Contract> of(InstanceSettings settings) {
    ThinksnsSettings read = ThinksnsSettings.of(settings);
    return (core, clock) -> new Thinksns(read, core, clock);
  }

  /** Tells the core which tokens of the original server count; tries again until it has. */
  @Override
  public CompletableFuture<Void> prepare() {
    return foreign.tell();
  }

  @Override
  public int claim(String prefix, String path) {
    if (Target.of(path).route() != Route.OTHER) {
      return DOCUMENTED;
    }
    int length = prefix.length() + Target.areaLength(path);
    return length > 0 ? length : NONE;
  }

  @Override
  public CompletableFuture<AggregatedHttpResponse> answer(Inquiry inquiry) {
    if (inquiry.headers().method() == HttpMethod.OPTIONS) {
      return CompletableFuture.completedFuture(preflight(inquiry));
    }
    Standing standing = rates.call(inquiry.client().address());
    if (!standing.allowed()) {
      return CompletableFuture.completedFuture(rates.exceeded(standing));
    }
    Target target = Target.of(inquiry.path());
    return Input.of(inquiry)
        .thenCompose(input -> answer(inquiry, target, input))
        .thenApply(answer -> rates.tell(answer, standing))
        .exceptionally(failure -> failed(failure, target.route(), standing));
  }

  @Override
  public AggregatedHttpResponse refuse(Inquiry inquiry, Problem problem) {
    if (inquiry.headers().method() == HttpMethod.OPTIONS) {
      return preflight(inquiry);
    }
    String address = inquiry.client().address();
    AggregatedHttpResponse refusal = refusal(inquiry, problem);
    // An outage comes after the call was counted; of what is no request nobody knows who sent it.
    if (problem == Problem.OUTAGE || address.isEmpty()) {
      return rates.tell(refusal, rates.look(address));
    }
    Standing standing = rates.call(address);
    return standing.allowed() ? rates.tell(refusal, standing) : rates.exceeded(standing);
  }

  private static AggregatedHttpResponse refusal(Inquiry inquiry, Problem problem) {
    return switch (problem) {
      case TOO_LARGE -> Answers.tooLarge();
      case UNREADABLE -> Answers.unreadable();
      case STRANGE_METHOD -> wrongMethod(Target.of(inquiry.path()).route());
      case OUTAGE -> Answers.outage();
    };
  }

  private AggregatedHttpResponse preflight(Inquiry inquiry) {
    return rates.tell(Answers.preflight(inquiry.headers()), rates.look(inquiry.client().address()));
  }

  private CompletableFuture<AggregatedHttpResponse> answer(
      Inquiry inquiry, Target target, Input input) {
    String method = Methods.effective(inquiry.headers(), input);
    Route route = target.route();
    if (HttpMethod.OPTIONS.name().equals(method)) {
      return CompletableFuture.completedFuture(Answers.preflight(inquiry.headers()));
    }
    if (!route.answers(method)) {
      return CompletableFuture.completedFuture(Answers.wrongMethod(route));
    }
    return switch (route) {
      case LOGIN -> auth.login(inquiry, input);
      case LOGOUT -> auth.logout(inquiry, input);
      case REFRESH -> auth.refresh(inquiry, input);
      case TOKENS -> tokens.create(inquiry, input);
      case TOKEN -> tokens.renew(inquiry, target.token());
      case OTHER -> CompletableFuture.completedFuture(Answers.notFound());
    };
  }

  private static AggregatedHttpResponse wrongMethod(Route route) {
    return route == Route.OTHER ? Answers.notFound() : Answers.wrongMethod(route);
  }

  private AggregatedHttpResponse failed(Throwable failure, Route route, Standing standing) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!(cause instanceof CoreException refused)) {
      throw new CompletionException(cause);
    }
    return switch (Failures.meaning(refused.reason())) {
      case THROTTLED -> rates.throttled(standing, refused.retryAfter());
      case REFUSED -> rates.tell(refused(route), standing);
      case OUTAGE -> rates.tell(Answers.outage(), standing);
      case DEFECT -> {
        log.warn("The core refused a call of {}: {}", settings.name(), refused.reason());
        yield rates.tell(Answers.outage(), standing);
      }
    };
  }

  private static AggregatedHttpResponse refused(Route route) {
    return switch (route) {
      case LOGIN -> Answers.badLogin();
      case TOKENS -> Answers.unknownLogin();
      case LOGOUT, REFRESH, TOKEN -> Answers.unauthenticated();
      case OTHER -> Answers.notFound();
    };
  }
}
