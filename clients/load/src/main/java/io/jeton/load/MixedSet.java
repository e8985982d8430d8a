package io.jeton.load;

import com.google.protobuf.Duration;
import com.google.protobuf.MessageLite;
import io.jeton.load.call.EachCall;
import io.jeton.load.call.OneCall;
import io.jeton.load.call.Question;
import io.jeton.load.call.TokenSet;
import io.jeton.load.call.WellFormed;
import io.jeton.load.http2.ClosedLoop;
import io.jeton.load.http2.Plan;
import io.jeton.load.http2.Target;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.ModuleScope;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.VerifyTokenRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Tokens of every kind that a verification tells apart, made on a server, and what is asked. */
final class MixedSet {
  private static final String SERVICE = "/jeton.v1.TokenService/";
  private static final String MODULE = "bench-mixed";
  private static final String APPLICATION = "bench-app";
  private static final String MACHINE = "bench-machine";
  private static final Duration MONTH =
      Duration.newBuilder().setSeconds(java.time.Duration.ofDays(30).toSeconds()).build();
  private static final Duration MOMENT = Duration.newBuilder().setNanos(1_000_000).build();

  private final Target target;
  private final int ofEach;
  private final List<Question> questions = new ArrayList<>();

  private MixedSet(Target target, int ofEach) {
    this.target = target;
    this.ofEach = ofEach;
  }

  /** Issues so many tokens of each kind, ends and binds some, and says what to ask. Blocks. */
  static List<Question> on(Target target, int ofEach) throws IOException {
    MixedSet set = new MixedSet(target, ofEach);
    set.plain();
    set.ended();
    set.ofApplications();
    set.licences();
    set.neverIssued();
    return set.questions;
  }

  private void plain() throws IOException {
    String[] secrets = issue(token -> {});
    ask(secrets, v -> v);
    ask(secrets, v -> v.addRequiredScopes("read"));
    ask(
        secrets,
        v -> v.addRequiredScopes("nobody-has-this"),
        InactiveReason.INACTIVE_REASON_MISSING_SCOPE);
  }

  private void ended() throws IOException {
    String[] expired = issue(token -> token.setLifetime(MOMENT));
    ask(expired, v -> v, InactiveReason.INACTIVE_REASON_EXPIRED);
    String[] revoked = issue(token -> {});
    each(
        "RevokeToken",
        n -> RevokeTokenRequest.newBuilder().setToken(revoked[n]).build(),
        (n, answer) -> {});
    ask(revoked, v -> v, InactiveReason.INACTIVE_REASON_REVOKED);
  }

  private void ofApplications() throws IOException {
    String[] secrets = issue(token -> token.setAppId(APPLICATION));
    ask(secrets, v -> v.setAppId(APPLICATION));
    ask(secrets, v -> v.setAppId("another-app"), InactiveReason.INACTIVE_REASON_WRONG_APPLICATION);
  }

  private void licences() throws IOException {
    CreateModuleRequest module =
        CreateModuleRequest.newBuilder().setName(MODULE).setIdentification(MODULE).build();
    // There may be one of an earlier time.
    ClosedLoop.run(
        target,
        new OneCall("/jeton.v1.ModuleService/CreateModule", module, () -> {}),
        Plan.of(1, 1, 1));
    String[] unbound = issue(token -> token.setKind("licence").setModule(MODULE));
    String[] bound = issue(token -> token.setKind("licence").setModule(MODULE));
    ModuleScope scope = ModuleScope.newBuilder().setModule(MODULE).build();
    each(
        "BindToken",
        n ->
            BindTokenRequest.newBuilder()
                .setToken(bound[n])
                .setModuleScope(scope)
                .setMachine(MACHINE)
                .build(),
        (n, answer) -> {});
    ask(bound, v -> on(v, MACHINE));
    ask(bound, v -> on(v, "another-machine"), InactiveReason.INACTIVE_REASON_WRONG_MACHINE);
    ask(unbound, v -> on(v, MACHINE), InactiveReason.INACTIVE_REASON_MACHINE_UNBOUND);
  }

  private void neverIssued() {
    WellFormed made = new WellFormed(ofEach);
    String[] secrets = new String[ofEach];
    String[] broken = new String[ofEach];
    for (int i = 0; i < ofEach; i++) {
      secrets[i] = made.next();
      broken[i] = WellFormed.broken(secrets[i]);
    }
    ask(secrets, v -> v, InactiveReason.INACTIVE_REASON_UNKNOWN);
    ask(broken, v -> v, InactiveReason.INACTIVE_REASON_MALFORMED);
  }

  private static VerifyTokenRequest.Builder on(VerifyTokenRequest.Builder verify, String machine) {
    return verify.setModuleIdentification(MODULE).setMachine(machine);
  }

  private void ask(
      String[] secrets, Function<VerifyTokenRequest.Builder, VerifyTokenRequest.Builder> what) {
    for (int i = 0; i < secrets.length; i++) {
      VerifyTokenRequest.Builder verify = VerifyTokenRequest.newBuilder().setToken(secrets[i]);
      questions.add(Question.active(what.apply(verify).build(), TokenSet.subjectOf(i)));
    }
  }

  private void ask(
      String[] secrets,
      Function<VerifyTokenRequest.Builder, VerifyTokenRequest.Builder> what,
      InactiveReason reason) {
    for (String secret : secrets) {
      VerifyTokenRequest.Builder verify = VerifyTokenRequest.newBuilder().setToken(secret);
      questions.add(Question.inactive(what.apply(verify).build(), reason));
    }
  }

  private String[] issue(java.util.function.Consumer<IssueTokenRequest.Builder> like)
      throws IOException {
    String[] secrets = new String[ofEach];
    each(
        "IssueToken",
        n -> {
          IssueTokenRequest.Builder token =
              IssueTokenRequest.newBuilder()
                  .setSubject("u" + TokenSet.subjectOf(n))
                  .addScopes("read")
                  .addScopes("write")
                  .setLifetime(MONTH);
          like.accept(token);
          return token.build();
        },
        (n, answer) -> secrets[n] = IssueTokenResponse.parseFrom(answer).getSecret());
    return secrets;
  }

  private void each(
      String rpc, IntFunction<? extends MessageLite> requests, EachCall.Answers answers)
      throws IOException {
    Seeding.run(
        target, new EachCall(SERVICE + rpc, requests, answers), Seeding.ISSUES_IN_FLIGHT, ofEach);
  }
}
