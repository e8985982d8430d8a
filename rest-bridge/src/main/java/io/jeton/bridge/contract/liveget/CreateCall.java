package io.jeton.bridge.contract.liveget;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import io.jeton.bridge.Client;
import io.jeton.bridge.Core;
import io.jeton.v1.EnsureAccountRequest;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.SuppliedFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** GET /token/create. Safe for use by several threads; never blocks. */
final class CreateCall {
  private static final String KIND = "licence";

  /** What {@code machine} is in the answer, since the code is bound to none. */
  private static final String UNBOUND = "未绑定";

  private final LivegetSettings settings;
  private final Core core;
  private final WallClock clock;
  private final Answers answers;
  private final Places places;
  private final Passwords passwords;
  private final Codes codes;

  CreateCall(
      LivegetSettings settings,
      Core core,
      WallClock clock,
      Answers answers,
      Places places,
      Passwords passwords,
      Codes codes) {
    this.settings = settings;
    this.core = core;
    this.clock = clock;
    this.answers = answers;
    this.places = places;
    this.passwords = passwords;
    this.codes = codes;
  }

  CompletableFuture<AggregatedHttpResponse> answer(Query query, Client client) {
    query.require(Parameter.TOKEN, Parameter.FUNCTION, Parameter.PASSWORD, Parameter.QQ);
    return passwords
        .require(query.required(Parameter.PASSWORD), client)
        .thenCompose(unused -> places.named(query, client))
        .thenCompose(place -> create(query, place, client));
  }

  private CompletableFuture<AggregatedHttpResponse> create(
      Query query, Place place, Client client) {
    OptionalLong validity = requireValid(query);
    String code = query.required(Parameter.TOKEN);
    return codes
        .find(code, place, client)
        .thenCompose(
            found -> {
              if (found.isPresent()) {
                throw new RefusedException(Outcome.TOKEN_EXISTED);
              }
              return owner(query.required(Parameter.QQ), client);
            })
        .thenCompose(owner -> issue(code, place, owner, validity, client))
        .thenApply(
            issued ->
                answers.info(
                    code,
                    query.required(Parameter.FUNCTION),
                    query.value(Parameter.OBJECT).orElse(Answers.MODULE_ITSELF),
                    UNBOUND,
                    issued.getToken()));
  }

  /** How many seconds the code is to be valid; none: for good. */
  private OptionalLong requireValid(Query query) {
    List<Parameter> invalid = new ArrayList<>(0);
    if (Texts.isLong(query.required(Parameter.TOKEN))) {
      invalid.add(Parameter.TOKEN);
    }
    if (!Texts.isQq(query.required(Parameter.QQ))) {
      invalid.add(Parameter.QQ);
    }
    Optional<String> time = query.value(Parameter.TIME);
    OptionalLong seconds = time.map(Texts::wholeNumber).orElse(OptionalLong.empty());
    if (query.isUndecodable(Parameter.TIME) || time.isPresent() != seconds.isPresent()) {
      invalid.add(Parameter.TIME);
    }
    Texts.require(invalid);
    return time.isPresent()
        ? seconds
        : settings
            .defaultValidity()
            .map(Duration::toSeconds)
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty());
  }

  /** The id of the account that has the QQ number. */
  private CompletableFuture<String> owner(String qq, Client client) {
    EnsureAccountRequest request =
        EnsureAccountRequest.newBuilder().setRealm(settings.realm()).setQq(qq).build();
    return core.ensureAccount(request, client).thenApply(response -> response.getAccount().getId());
  }

  private CompletableFuture<IssueTokenResponse> issue(
      String code, Place place, String owner, OptionalLong validity, Client client) {
    IssueTokenRequest.Builder request =
        IssueTokenRequest.newBuilder()
            .setRealm(settings.realm())
            .setKind(KIND)
            .setSubject(owner)
            .setIssuer(settings.instance())
            .setModule(place.function())
            .setSubModule(place.subModule())
            .setSupplied(SuppliedFormat.newBuilder().setCode(code));
    Validity.set(request, validity, clock.instant());
    return core.issueToken(request.build(), client);
  }
}
