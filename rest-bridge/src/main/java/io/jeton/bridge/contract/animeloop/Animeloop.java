package io.jeton.bridge.contract.animeloop;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import io.jeton.bridge.Contract;
import io.jeton.bridge.Core;
import io.jeton.bridge.CoreException;
import io.jeton.bridge.Inquiry;
import io.jeton.bridge.InstanceSettings;
import io.jeton.v1.Account;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An instance of the contract animeloop: a website's user, known by a session cookie, lists, makes
 * and revokes API tokens under {@code /auth/token}.
 */
public final class Animeloop implements Contract {
  private static final Logger log = LoggerFactory.getLogger(Animeloop.class);

  private static final String SEC_FETCH_SITE = "sec-fetch-site";
  private static final String NO_PAGE = "none";

  private final AnimeloopSettings settings;
  private final Sessions sessions;
  private final Tokens tokens;

  private Animeloop(AnimeloopSettings settings, Core core, InstantSource clock) {
    this.settings = settings;
    this.sessions = new Sessions(settings, core);
    this.tokens = new Tokens(settings, core, clock);
  }

  /**
   * What makes the instance with these settings: {@code session-secrets}, {@code origins} and
   * {@code get-changes}.
   *
   * @throws io.jeton.bridge.SettingsException when a setting cannot be used
   */
  public static BiFunction<Core, InstantSource, Contract> of(InstanceSettings settings) {
    AnimeloopSettings read = AnimeloopSettings.of(settings);
    return (core, clock) -> new Animeloop(read, core, clock);
  }

  @Override
  public int claim(String prefix, String path) {
    if (Route.of(path) != Route.OTHER) {
      return DOCUMENTED;
    }
    int area = Route.areaLength(path);
    return area > 0 ? prefix.length() + area : NONE;
  }

  @Override
  public CompletableFuture<AggregatedHttpResponse> answer(Inquiry inquiry) {
    CompletableFuture<AggregatedHttpResponse> answer;
    try {
      answer = route(inquiry);
    } catch (FailureException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer
        .exceptionally(this::failed)
        .thenApply(each -> settings.origins().tell(each, inquiry.headers()));
  }

  @Override
  public AggregatedHttpResponse refuse(Inquiry inquiry, Problem problem) {
    Failure failure =
        switch (problem) {
          case TOO_LARGE -> Failure.TOO_LARGE;
          case UNREADABLE, STRANGE_METHOD -> Failure.BAD_REQUEST;
          case OUTAGE -> Failure.DATABASE;
        };
    return settings.origins().tell(Answers.failure(failure), inquiry.headers());
  }

  private CompletableFuture<AggregatedHttpResponse> route(Inquiry inquiry) {
    Route route = Route.of(inquiry.path());
    HttpMethod method = inquiry.headers().method();
    if (method == HttpMethod.OPTIONS && route != Route.OTHER) {
      return CompletableFuture.completedFuture(Answers.preflight(route));
    }
    boolean known =
        switch (route) {
          case LIST -> method == HttpMethod.GET || method == HttpMethod.HEAD;
          case NEW, REVOKE -> mayChange(inquiry.headers());
          case OTHER -> false;
        };
    if (!known) {
      throw new FailureException(Failure.BAD_REQUEST);
    }
    Fields fields = Body.read(inquiry);
    return sessions
        .caller(inquiry)
        .thenCompose(
            account ->
                switch (route) {
                  case LIST -> list(inquiry, account);
                  case NEW -> create(inquiry, account, fields);
                  case REVOKE -> revoke(inquiry, account, fields);
                  case OTHER -> throw new FailureException(Failure.BAD_REQUEST);
                });
  }

  /** Whether a request may change something: no page of another website has made it. */
  private boolean mayChange(RequestHeaders headers) {
    return switch (headers.method()) {
      case POST -> !settings.origins().refuse(headers);
      // The document's own examples. A browser says of every request that a page makes whose it is.
      case GET ->
          settings.getChanges()
              && !headers.contains(HttpHeaderNames.ORIGIN)
              && !headers.contains(HttpHeaderNames.REFERER)
              && headers.getAll(SEC_FETCH_SITE).stream().allMatch(NO_PAGE::equals);
      default -> false;
    };
  }

  /** GET /auth/token. */
  private CompletableFuture<AggregatedHttpResponse> list(Inquiry inquiry, Account account) {
    return tokens.list(account, inquiry.client()).thenApply(Answers::listed);
  }

  /** POST /auth/token/new. */
  private CompletableFuture<AggregatedHttpResponse> create(
      Inquiry inquiry, Account account, Fields fields) {
    Optional<String> name = fields.name().asName();
    return tokens.create(account, name, inquiry.client()).thenApply(Answers::created);
  }

  /** POST /auth/token/revoke: all tokens, as documented, or with a body the one that it names. */
  private CompletableFuture<AggregatedHttpResponse> revoke(
      Inquiry inquiry, Account account, Fields fields) {
    if (inquiry.body().length == 0) {
      return tokens.revokeAll(account, inquiry.client()).thenApply(done -> Answers.revoked());
    }
    OptionalLong id = fields.id().asId();
    return id.isEmpty()
        ? CompletableFuture.completedFuture(Answers.revoked())
        : tokens
            .revoke(account, id.getAsLong(), inquiry.client())
            .thenApply(done -> Answers.revoked());
  }

  private AggregatedHttpResponse failed(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof FailureException e) {
      return Answers.failure(e.failure());
    }
    if (!(cause instanceof CoreException refused)) {
      throw new CompletionException(cause);
    }
    Failures.Meaning meaning = Failures.meaning(refused.reason());
    if (meaning == Failures.Meaning.DEFECT) {
      log.warn("The core refused a call of {}: {}", settings.name(), refused.reason());
    }
    return Answers.failure(meaning.failure());
  }
}
