package io.jeton.bridge.contract.lanying;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import io.jeton.bridge.Client;
import io.jeton.bridge.Contract;
import io.jeton.bridge.Core;
import io.jeton.bridge.CoreException;
import io.jeton.bridge.Inquiry;
import io.jeton.bridge.InstanceSettings;
import io.jeton.v1.Account;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CheckPasswordResponse;
import io.jeton.v1.GetApplicationRequest;
import io.jeton.v1.GetApplicationResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contract lanying: {@code POST /token/id}, {@code /token/login} and {@code /token/user} change
 * a password for a token of an application.
 */
public final class Lanying implements Contract {
  private static final Logger log = LoggerFactory.getLogger(Lanying.class);
  private static final String AREA = "/token/";

  /** Whose owner answers the requests that cannot be read. */
  private static final String ROOT = "/";

  private static final int LONGEST_APP_ID_BYTES = 128;

  private final Settings settings;
  private final Core core;
  private final Impersonation impersonation;
  private final Tokens tokens;

  private Lanying(Settings settings, Core core, InstantSource clock) {
    this.settings = settings;
    this.core = core;
    this.impersonation = new Impersonation(settings, core);
    this.tokens = new Tokens(settings, core, clock);
  }

  /**
   * What makes the instance with this setting: {@code lifetime}.
   *
   * @throws io.jeton.bridge.SettingsException when a setting cannot be used
   */
  public static BiFunction<Core, InstantSource, Contract> of(InstanceSettings settings) {
    Settings read = Settings.of(settings);
    return (core, clock) -> new Lanying(read, core, clock);
  }

  @Override
  public int claim(String prefix, String path) {
    if (Route.of(path).isPresent()) {
      return DOCUMENTED;
    }
    boolean isNobodysElse = path.startsWith(AREA) || path.equals(ROOT);
    return prefix.isEmpty() && !isNobodysElse ? NONE : prefix.length();
  }

  @Override
  public CompletableFuture<AggregatedHttpResponse> answer(Inquiry inquiry) {
    if (inquiry.headers().method() == HttpMethod.OPTIONS) {
      return CompletableFuture.completedFuture(Answers.preflight());
    }
    Optional<Route> route = Route.of(inquiry.path());
    if (route.isEmpty() || inquiry.headers().method() != HttpMethod.POST) {
      return CompletableFuture.completedFuture(Answers.failure(wrongMethod(inquiry)));
    }
    return logIn(route.get(), inquiry).exceptionally(failure -> Answers.failure(failure(failure)));
  }

  @Override
  public AggregatedHttpResponse refuse(Inquiry inquiry, Problem problem) {
    return Answers.failure(
        switch (problem) {
          case TOO_LARGE -> Failure.invalid("body");
          case UNREADABLE -> Failure.invalid("request");
          case STRANGE_METHOD -> wrongMethod(inquiry);
          case OUTAGE -> Failure.OUTAGE;
        });
  }

  /** POST /token/id, /token/login and /token/user. */
  private CompletableFuture<AggregatedHttpResponse> logIn(Route route, Inquiry inquiry) {
    return application(inquiry)
        .thenCompose(
            application -> {
              Login login = Login.of(route, Body.read(inquiry.body()));
              return logIn(login, application, inquiry);
            });
  }

  private CompletableFuture<AggregatedHttpResponse> logIn(
      Login login, GetApplicationResponse application, Inquiry inquiry) {
    String appId = application.getApplication().getAppId();
    Client client = inquiry.client();
    Attached attached = Attached.of(inquiry.headers());
    return account(login, client)
        .thenCompose(
            account ->
                impersonation
                    .check(attached, appId, account, client)
                    .thenCompose(allowed -> tokens.issue(account, appId, client)))
        .thenApply(
            issued ->
                Answers.loggedIn(
                    application,
                    issued,
                    login
                        .device()
                        .map(
                            device ->
                                PushTokens.of(
                                    application.getPushSecret(),
                                    issued.getToken().getSubject(),
                                    device))));
  }

  /** The application that a request is for, with its secrets. */
  private CompletableFuture<GetApplicationResponse> application(Inquiry inquiry) {
    String appId;
    try {
      appId = Attached.application(inquiry.headers());
    } catch (FailureException e) {
      return CompletableFuture.failedFuture(e);
    }
    if (appId.getBytes(StandardCharsets.UTF_8).length > LONGEST_APP_ID_BYTES) {
      return CompletableFuture.failedFuture(new FailureException(Failure.UNKNOWN_APPLICATION));
    }
    GetApplicationRequest request =
        GetApplicationRequest.newBuilder()
            .setRealm(settings.realm())
            .setAppId(appId)
            .setReveal(true)
            .build();
    return core.getApplication(request, inquiry.client()).thenApply(Lanying::requireEnabled);
  }

  private static GetApplicationResponse requireEnabled(GetApplicationResponse application) {
    if (application.getApplication().getDisabled()) {
      throw new FailureException(Failure.APPLICATION_DISABLED);
    }
    return application;
  }

  /** The account that a login is for. */
  private CompletableFuture<Account> account(Login login, Client client) {
    CheckPasswordRequest request =
        CheckPasswordRequest.newBuilder()
            .setRealm(settings.realm())
            .setAccount(login.account())
            .setPassword(login.password())
            .build();
    return core.checkPassword(request, client).thenApply(Lanying::requireMatch);
  }

  private static Account requireMatch(CheckPasswordResponse verdict) {
    if (!verdict.getMatches()) {
      throw new FailureException(Failure.REJECTED);
    }
    return verdict.getAccount();
  }

  private static Failure wrongMethod(Inquiry inquiry) {
    return Route.of(inquiry.path()).isPresent() ? Failure.METHOD_NOT_ALLOWED : Failure.NOT_FOUND;
  }

  private Failure failure(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof FailureException known) {
      return known.failure();
    }
    if (!(cause instanceof CoreException refused)) {
      throw new CompletionException(cause);
    }
    Failures.Meaning meaning = Failures.meaning(refused.reason());
    if (meaning == Failures.Meaning.DEFECT) {
      log.warn("The core refused a call of {}: {}", settings.name(), refused.reason());
    }
    return Failures.failure(meaning);
  }
}
