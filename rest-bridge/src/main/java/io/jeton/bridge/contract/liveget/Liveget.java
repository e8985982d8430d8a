package io.jeton.bridge.contract.liveget;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import io.jeton.bridge.Client;
import io.jeton.bridge.Contract;
import io.jeton.bridge.Core;
import io.jeton.bridge.Inquiry;
import io.jeton.bridge.InstanceSettings;
import io.jeton.v1.ErrorReason;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An instance of the contract liveget: {@code GET /token/create}, {@code /token/delete} and {@code
 * /token/verify} of licence codes, and what else the original serves under {@code /token}.
 */
public final class Liveget implements Contract {
  private static final Logger log = LoggerFactory.getLogger(Liveget.class);
  private static final int MOST_WAITING = 4;
  private static final long IDLE_SECONDS = 10;

  private final LivegetSettings settings;
  private final Answers answers;
  private final CreateCall create;
  private final VerifyCall verify;
  private final ManageCalls manage;
  private final RandomCodes random = new RandomCodes();

  private Liveget(LivegetSettings settings, Core core, InstantSource instants) {
    WallClock clock = new WallClock(instants, settings.zone());
    Places places = new Places(settings, core, clock);
    Passwords passwords = new Passwords(settings, instants, hashing());
    Codes codes = new Codes(settings, core);
    this.settings = settings;
    this.answers = new Answers(clock);
    this.create = new CreateCall(settings, core, clock, answers, places, passwords, codes);
    this.verify = new VerifyCall(settings, core, clock, answers, places, codes);
    this.manage = new ManageCalls(clock, answers, places, passwords, codes);
  }

  /**
   * What makes the instance with these settings: {@code password-sha256}, {@code default-validity},
   * {@code failed-passwords} and {@code time-zone}.
   *
   * @throws io.jeton.bridge.SettingsException when a setting cannot be used
   */
  public static BiFunction<Core, InstantSource, Contract> of(InstanceSettings settings) {
    LivegetSettings read = LivegetSettings.of(settings);
    return (core, clock) -> new Liveget(read, core, clock);
  }

  @Override
  public int claim(String prefix, String path) {
    return Route.of(path).isPresent() ? DOCUMENTED : NONE;
  }

  @Override
  public CompletableFuture<AggregatedHttpResponse> answer(Inquiry inquiry) {
    HttpMethod method = inquiry.headers().method();
    if (method == HttpMethod.OPTIONS) {
      return CompletableFuture.completedFuture(answers.options());
    }
    if (method != HttpMethod.GET && method != HttpMethod.HEAD) {
      return CompletableFuture.completedFuture(answers.wrongMethod());
    }
    CompletableFuture<AggregatedHttpResponse> answer;
    try {
      answer = call(Route.of(inquiry.path()).orElseThrow(), inquiry);
    } catch (RefusedException e) {
      return CompletableFuture.completedFuture(refused(e));
    }
    return answer.exceptionally(this::failed);
  }

  @Override
  public AggregatedHttpResponse refuse(Inquiry inquiry, Problem problem) {
    if (inquiry.headers().method() == HttpMethod.OPTIONS) {
      return answers.options();
    }
    return switch (problem) {
      case TOO_LARGE -> answers.error(HttpStatus.REQUEST_ENTITY_TOO_LARGE);
      case UNREADABLE -> answers.error(HttpStatus.BAD_REQUEST);
      case STRANGE_METHOD -> answers.wrongMethod();
      case OUTAGE -> answers.error(HttpStatus.SERVICE_UNAVAILABLE);
    };
  }

  private CompletableFuture<AggregatedHttpResponse> call(Route route, Inquiry inquiry) {
    Query query = Query.of(inquiry.query());
    Client client = inquiry.client();
    return switch (route) {
      case CREATE -> create.answer(query, client);
      case DELETE -> manage.delete(query, client);
      case VERIFY -> verify.answer(query, client);
      case INFO -> manage.info(query, client);
      case SET_MACHINE -> manage.setMachine(query, client);
      case RENEW -> manage.renew(query, client);
      case RANDOM -> CompletableFuture.completedFuture(answers.random(random.next()));
    };
  }

  private AggregatedHttpResponse failed(Throwable failure) {
    Throwable cause = Failures.peel(failure);
    if (cause instanceof RefusedException refused) {
      return refused(refused);
    }
    Optional<ErrorReason> reason = Failures.reason(cause);
    if (reason.isEmpty()) {
      throw new CompletionException(cause);
    }
    Outcome outcome = Failures.outcome(reason.get());
    return switch (outcome) {
      case ERROR -> outage(reason.get());
      // Of what was not looked at here, the core only looks at the text of a code.
      case PARAMETER_INVALID -> answers.of(outcome, List.of(Parameter.TOKEN));
      default -> answers.of(outcome);
    };
  }

  private AggregatedHttpResponse refused(RefusedException refused) {
    return answers.of(refused.outcome(), refused.parameters());
  }

  private AggregatedHttpResponse outage(ErrorReason reason) {
    if (reason != ErrorReason.ERROR_REASON_STORE_UNAVAILABLE) {
      log.warn("The core refused a call of {}: {}", settings.instance(), reason);
    }
    return answers.error(HttpStatus.SERVICE_UNAVAILABLE);
  }

  /** One thread that computes slow hashes and goes when there are none; few wait for it. */
  private static Executor hashing() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, "liveget-passwords");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
