package io.jeton.bridge.testing;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.jeton.bridge.CoreException;
import io.jeton.bridge.testing.FakeLicences.Scope;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.Companion;
import io.jeton.v1.CompanionSpec;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.GetTokenResponse;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.JwtFormat;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ListTokensResponse;
import io.jeton.v1.ModuleScope;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.ReusePolicy;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.RevokeTokenResponse;
import io.jeton.v1.Token;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The tokens of a {@link FakeCore} and the rules of {@code jeton.v1.TokenService} about them. */
final class FakeTokens {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long DEFAULT_GRACE_SECONDS = 10;

  private final InstantSource clock;
  private final FakeAccounts accounts;
  private final FakeKeys keys;
  private final FakeLicences licences;
  private final FakeApplications applications;
  private final List<FakeRow> rows = new ArrayList<>();
  private long lastId;

  FakeTokens(
      InstantSource clock,
      FakeAccounts accounts,
      FakeKeys keys,
      FakeApplications applications,
      FakeLicences licences) {
    this.applications = applications;
    this.clock = clock;
    this.accounts = accounts;
    this.keys = keys;
    this.licences = licences;
  }

  IssueTokenResponse issue(IssueTokenRequest request) {
    String realm = realm(request.getRealm());
    String subject = request.getSubject();
    if (applications.isDisabled(realm, request.getAppId())) {
      throw new CoreException(ErrorReason.ERROR_REASON_APPLICATION_INACTIVE);
    }
    if (!request.getAccountId().isEmpty()) {
      require(subject.isEmpty());
      subject = accounts.requireActive(realm, request.getAccountId()).getId();
    }
    FakeRow.Role role =
        switch (request.getRefresh().getWithCase()) {
          case ITSELF -> FakeRow.Role.ITSELF;
          case PAIR -> FakeRow.Role.OF_PAIR;
          case WITH_NOT_SET -> FakeRow.Role.ALONE;
        };
    require(!(request.hasJwt() && role == FakeRow.Role.OF_PAIR));
    boolean isAlone = !request.hasRefresh() && request.getModule().isEmpty();
    require(isAlone || request.getCompanionsCount() == 0);
    require(!(request.getRevealable() && request.hasRefresh()));
    require(!request.hasRefresh() || request.getModule().isEmpty());
    Scope scope = licensed(realm, request);
    if (subject.isEmpty() && request.getMaxAnonymous() > 0) {
      requireRoom(realm, request.getIssuer(), request.getMaxAnonymous());
    }
    Optional<Instant> end =
        switch (request.getExpiryCase()) {
          case LIFETIME -> Optional.of(after(request.getLifetime()));
          case EXPIRE_TIME -> Optional.of(instant(request.getExpireTime()));
          case EXPIRY_NOT_SET -> Optional.empty();
        };
    String secret =
        switch (request.getFormatCase()) {
          case HEX -> hex(request.getHex());
          case SUPPLIED -> request.getSupplied().getCode();
          case JWT -> keys.sign(realm, request.getJwt(), subject, end);
          case OPAQUE, FORMAT_NOT_SET -> "jt_" + hex(40);
        };
    // What was signed is the same for good; a code may be used again.
    if (byToken(realm, secret, scope)
        .filter(each -> each.isLive() || request.hasJwt())
        .isPresent()) {
      throw new CoreException(ErrorReason.ERROR_REASON_TOKEN_EXISTS);
    }
    Token.Builder token =
        Token.newBuilder()
            .setId(nextId())
            .setRealm(realm)
            .setKind(request.getKind().isEmpty() ? "access" : request.getKind())
            .setSubject(subject)
            .addAllScopes(new TreeSet<>(request.getScopesList()))
            .setAppId(request.getAppId())
            .setIssueTime(timestamp(now()))
            .setIssuer(request.getIssuer())
            .setModule(scope.module())
            .setSubModule(scope.subModule())
            .setAccountId(request.getAccountId());
    if (request.hasName()) {
      token.setName(request.getName());
    }
    end.ifPresent(each -> token.setExpireTime(timestamp(each)));
    if (request.hasRefresh()) {
      token
          .setFamilyId(token.getId())
          .setFamilyEndTime(timestamp(after(request.getRefresh().getWindow())));
    }
    if (request.getCompanionsCount() > 0) {
      token.setFamilyId(token.getId());
    }
    FakeRow row = add(secret, role, token.build());
    if (request.getRevealable()) {
      row.makeRevealable();
    }
    IssueTokenResponse.Builder response =
        IssueTokenResponse.newBuilder().setToken(row.token()).setSecret(secret);
    request.getCompanionsList().forEach(each -> response.addCompanions(companion(row, each)));
    if (role == FakeRow.Role.OF_PAIR) {
      String given = request.getSupplied().getRefreshCode();
      FakeRow second = second(row, given.isEmpty() ? secondSecret(request) : given);
      response.setRefreshToken(second.token()).setRefreshSecret(second.secret());
    }
    return response.build();
  }

  /** Refuses one more anonymous token of an issuer than there may be; it counts each time. */
  private void requireRoom(String realm, String issuer, int most) {
    long there =
        rows.stream()
            .filter(row -> row.isLive() && row.role() != FakeRow.Role.SECOND)
            .map(FakeRow::token)
            .filter(each -> each.getRealm().equals(realm) && each.getIssuer().equals(issuer))
            .filter(each -> each.getSubject().isEmpty())
            .filter(
                each ->
                    !each.hasExpireTime()
                        || now().isBefore(instant(each.getExpireTime()))
                        || (each.hasFamilyEndTime()
                            && now().isBefore(instant(each.getFamilyEndTime()))))
            .count();
    if (there >= most) {
      throw new CoreException(
          ErrorReason.ERROR_REASON_QUOTA_EXCEEDED, java.time.Duration.ofMinutes(1));
    }
  }

  /** Adds a token that is made with another and ends with it. */
  private Companion companion(FakeRow of, CompanionSpec spec) {
    Token.Builder token =
        of.token().toBuilder()
            .setId(nextId())
            .setKind(spec.getKind())
            .clearName()
            .clearScopes()
            .addAllScopes(new TreeSet<>(spec.getScopesList()));
    FakeRow row = add("jt_" + hex(40), FakeRow.Role.ALONE, token.build());
    return Companion.newBuilder().setToken(row.token()).setSecret(row.secret()).build();
  }

  /** Adds a token of an account that an original server made, and reveals it. */
  void put(Token token, String secret) {
    Token imported =
        token.toBuilder()
            .setId(nextId())
            .setKind("access")
            .setSubject(token.getAccountId())
            .setIssueTime(timestamp(now()))
            .build();
    add(secret, FakeRow.Role.ALONE, imported).makeRevealable();
  }

  GetTokenResponse get(GetTokenRequest request) {
    FakeRow row =
        named(
            request.getRealm(),
            request.hasId(),
            request.getId(),
            request.getToken(),
            request.hasModuleScope(),
            request.getModuleScope());
    return GetTokenResponse.newBuilder().setToken(licences.shown(row.token())).build();
  }

  ListTokensResponse list(ListTokensRequest request) {
    return FakeLists.list(rows, realm(request.getRealm()), request, licences);
  }

  /** Moves a token's end. */
  Token extend(ExtendTokenRequest request) {
    FakeRow row =
        named(
            request.getRealm(),
            request.hasId(),
            request.getId(),
            request.getToken(),
            request.hasModuleScope(),
            request.getModuleScope());
    if (!row.isLive()) {
      throw new CoreException(ErrorReason.ERROR_REASON_TOKEN_INACTIVE);
    }
    require(row.role() != FakeRow.Role.SECOND);
    row.set(FakeLicences.extend(row.token(), request, now()));
    return row.token();
  }

  /** The token that a request names: the live one of a secret before one that has ended. */
  private FakeRow named(
      String realmName,
      boolean hasId,
      String id,
      String secret,
      boolean hasScope,
      ModuleScope moduleScope) {
    String realm = realm(realmName);
    require(!(hasId && hasScope));
    Optional<FakeRow> found;
    if (hasId) {
      found =
          rows.stream()
              .filter(row -> row.token().getRealm().equals(realm))
              .filter(row -> row.token().getId().equals(id))
              .findFirst();
    } else {
      Scope scope = licences.named(realm, hasScope, moduleScope, now());
      found =
          byToken(realm, secret, scope)
              .or(() -> find(realm, secret, row -> scope.has(row.token())));
    }
    return found.orElseThrow(() -> new CoreException(ErrorReason.ERROR_REASON_TOKEN_NOT_FOUND));
  }

  /** Where the secret of a token that is to be made is unique. */
  private Scope licensed(String realm, IssueTokenRequest request) {
    boolean isLicence = !request.getModule().isEmpty();
    require(isLicence || request.getSubModule().isEmpty());
    ModuleScope named =
        ModuleScope.newBuilder()
            .setModule(request.getModule())
            .setSubModule(request.getSubModule())
            .setIssuer(request.getIssuer())
            .build();
    Scope scope = licences.named(realm, isLicence, named, now());
    if (scope.isOverdue()) {
      throw new CoreException(ErrorReason.ERROR_REASON_MODULE_INACTIVE);
    }
    return scope;
  }

  VerifyTokenResponse verify(VerifyTokenRequest request) {
    FakeActs.require(request);
    String realm = realm(request.getRealm());
    Optional<Scope> scope = licences.asked(realm, request, now());
    if (request.getModuleIdentification().isEmpty()) {
      adopt(realm, request.getToken());
    }
    Optional<FakeRow> row = scope.flatMap(each -> byToken(realm, request.getToken(), each));
    InactiveReason reason = judge(scope, row, request);
    VerifyTokenResponse.Builder response =
        VerifyTokenResponse.newBuilder()
            .setActive(reason == InactiveReason.INACTIVE_REASON_UNSPECIFIED)
            .setReason(reason);
    if (response.getActive()) {
      Token token = row.orElseThrow().token();
      if (!request.getMachine().isEmpty()) {
        licences.use(token, now());
      }
      response.setToken(token).setEffectiveSubject(FakeActs.effectiveSubject(request, token));
    }
    return response.build();
  }

  RefreshTokenResponse refresh(RefreshTokenRequest request) {
    String realm = realm(request.getRealm());
    adopt(realm, request.getToken());
    Optional<FakeRow> found =
        find(realm, request.getToken(), row -> row.role() == FakeRow.Role.SECOND)
            .or(() -> byToken(realm, request.getToken()));
    if (found.isEmpty()
        || !request.getIssuer().isEmpty()
            && !request.getIssuer().equals(found.get().token().getIssuer())) {
      return refused(InactiveReason.INACTIVE_REASON_UNKNOWN);
    }
    FakeRow row = found.get();
    if (row.isRevoked() || isOfInactiveAccount(row)) {
      return refused(InactiveReason.INACTIVE_REASON_REVOKED);
    }
    boolean wrongSecret = row.role() == FakeRow.Role.OF_PAIR && !request.getAcceptToken();
    if (row.role() == FakeRow.Role.ALONE || wrongSecret) {
      return refused(InactiveReason.INACTIVE_REASON_NOT_REFRESHABLE);
    }
    if (!now().isBefore(instant(row.token().getFamilyEndTime()))) {
      return refused(InactiveReason.INACTIVE_REASON_EXPIRED);
    }
    Optional<RefreshTokenResponse> owed = row.owed(now());
    if ((owed.isPresent() || !row.isSpent())
        && applications.isDisabled(realm, row.token().getAppId())) {
      return refused(InactiveReason.INACTIVE_REASON_APPLICATION_DISABLED);
    }
    if (owed.isPresent()) {
      return owed.get();
    }
    if (row.isSpent()) {
      if (request.getReuse() != ReusePolicy.REUSE_POLICY_REFUSE) {
        revokeFamily(row);
      }
      return refused(InactiveReason.INACTIVE_REASON_SPENT);
    }
    RefreshTokenResponse answer =
        row.role() == FakeRow.Role.ITSELF ? renew(row, request) : renewPair(row, request);
    row.seal(answer, now().plusSeconds(grace(request)));
    return answer;
  }

  /** Revokes a token and, as the service does, its family. */
  RevokeTokenResponse revoke(RevokeTokenRequest request) {
    if (!request.hasModuleScope()) {
      adopt(realm(request.getRealm()), request.getToken());
    }
    FakeRow row =
        named(
            request.getRealm(),
            request.hasId(),
            request.getId(),
            request.getToken(),
            request.hasModuleScope(),
            request.getModuleScope());
    boolean changed =
        (row.isLive() || row.owed(now()).isPresent())
            && family(row).stream().anyMatch(FakeRow::isLive);
    if (changed) {
      revokeFamily(row);
    }
    return RevokeTokenResponse.newBuilder().setToken(row.token()).setChanged(changed).build();
  }

  Token bind(BindTokenRequest request) {
    FakeRow row =
        named(
            request.getRealm(),
            request.hasId(),
            request.getId(),
            request.getToken(),
            request.hasModuleScope(),
            request.getModuleScope());
    boolean expired =
        row.token().hasExpireTime() && !now().isBefore(instant(row.token().getExpireTime()));
    if (request.hasMachine() && row.isLive()) {
      row.set(licences.bind(row.token(), expired, request, now()));
      return row.token();
    }
    require(!request.getRebind());
    if (!row.isLive() || expired) {
      throw new CoreException(ErrorReason.ERROR_REASON_TOKEN_INACTIVE);
    }
    if (!row.token().getSubject().isEmpty()) {
      throw new CoreException(ErrorReason.ERROR_REASON_TOKEN_BOUND);
    }
    String subject = request.hasAccountId() ? request.getAccountId() : request.getSubject();
    for (FakeRow each : family(row)) {
      Token.Builder bound =
          each.token().toBuilder().setSubject(subject).setAccountId(request.getAccountId());
      if (each == row || each.token().hasFamilyEndTime()) {
        bound.clearScopes().addAllScopes(new TreeSet<>(request.getScopesList()));
      }
      each.set(bound.build());
    }
    return row.token();
  }

  void revokeAll(String realm, String accountId) {
    rows.stream()
        .filter(row -> row.token().getRealm().equals(realm))
        .filter(row -> row.token().getAccountId().equals(accountId))
        .forEach(this::end);
  }

  private InactiveReason judge(
      Optional<Scope> scope, Optional<FakeRow> found, VerifyTokenRequest request) {
    if (scope.isEmpty()) {
      return InactiveReason.INACTIVE_REASON_MODULE_NOT_FOUND;
    }
    if (scope.get().isOverdue()) {
      return InactiveReason.INACTIVE_REASON_MODULE_OVERDUE;
    }
    if (found.isEmpty()) {
      return request.getModuleIdentification().isEmpty() && request.getToken().startsWith("jt_")
          ? InactiveReason.INACTIVE_REASON_MALFORMED
          : InactiveReason.INACTIVE_REASON_UNKNOWN;
    }
    Token token = found.get().token();
    if (!found.get().isLive()) {
      return InactiveReason.INACTIVE_REASON_REVOKED;
    }
    if (token.hasExpireTime() && !now().isBefore(instant(token.getExpireTime()))) {
      return InactiveReason.INACTIVE_REASON_EXPIRED;
    }
    if (!request.getAppId().isEmpty() && !request.getAppId().equals(token.getAppId())) {
      return InactiveReason.INACTIVE_REASON_WRONG_APPLICATION;
    }
    if (applications.isDisabled(token.getRealm(), token.getAppId())) {
      return InactiveReason.INACTIVE_REASON_APPLICATION_DISABLED;
    }
    if (!request.getMachine().isEmpty() && token.getMachine().isEmpty()) {
      return InactiveReason.INACTIVE_REASON_MACHINE_UNBOUND;
    }
    if (!request.getMachine().isEmpty()
        && !request.getMachine().equalsIgnoreCase(token.getMachine())) {
      return InactiveReason.INACTIVE_REASON_WRONG_MACHINE;
    }
    if (FakeActs.isAct(request) && !FakeActs.isAdministrator(token)) {
      return InactiveReason.INACTIVE_REASON_NOT_ADMINISTRATOR;
    }
    return token.getScopesList().containsAll(request.getRequiredScopesList())
        ? InactiveReason.INACTIVE_REASON_UNSPECIFIED
        : InactiveReason.INACTIVE_REASON_MISSING_SCOPE;
  }

  private RefreshTokenResponse renew(FakeRow row, RefreshTokenRequest request) {
    Token.Builder token = row.token().toBuilder().setId(nextId()).setIssueTime(timestamp(now()));
    setEnd(token, request);
    Optional<Instant> end =
        token.hasExpireTime() ? Optional.of(instant(token.getExpireTime())) : Optional.empty();
    String secret =
        switch (request.getFormatCase()) {
          case HEX -> hex(request.getHex());
          case JWT -> signed(row, request.getJwt(), end);
          case OPAQUE, FORMAT_NOT_SET -> "jt_" + hex(40);
        };
    row.spend();
    FakeRow next = add(secret, FakeRow.Role.ITSELF, token.build());
    return RefreshTokenResponse.newBuilder()
        .setRefreshed(true)
        .setToken(next.token())
        .setSecret(next.secret())
        .build();
  }

  private RefreshTokenResponse renewPair(FakeRow presented, RefreshTokenRequest request) {
    FakeRow access = live(presented, FakeRow.Role.OF_PAIR);
    FakeRow spent = live(presented, FakeRow.Role.SECOND);
    Token.Builder token = access.token().toBuilder();
    setEnd(token, request);
    access.set(token.build());
    spent.spend();
    FakeRow next = second(access, request.hasHex() ? hex(request.getHex()) : "jt_" + hex(40));
    return RefreshTokenResponse.newBuilder()
        .setRefreshed(true)
        .setToken(access.token())
        .setSecret(access.secret())
        .setRefreshToken(next.token())
        .setRefreshSecret(next.secret())
        .build();
  }

  private String signed(FakeRow row, JwtFormat format, Optional<Instant> end) {
    return keys.sign(row.token().getRealm(), format, row.token().getSubject(), end);
  }

  private void setEnd(Token.Builder token, RefreshTokenRequest request) {
    switch (request.getExpiryCase()) {
      case LIFETIME -> token.setExpireTime(timestamp(after(request.getLifetime())));
      case EXPIRE_TIME -> token.setExpireTime(request.getExpireTime());
      case EXPIRY_NOT_SET -> token.clearExpireTime();
    }
  }

  private FakeRow second(FakeRow access, String secret) {
    Token token =
        access.token().toBuilder()
            .setId(nextId())
            .setKind("refresh")
            .setIssueTime(timestamp(now()))
            .setExpireTime(access.token().getFamilyEndTime())
            .build();
    return add(secret, FakeRow.Role.SECOND, token);
  }

  private static String secondSecret(IssueTokenRequest request) {
    return request.hasHex() ? hex(request.getHex()) : hex(32);
  }

  private boolean isOfInactiveAccount(FakeRow row) {
    String account = row.token().getAccountId();
    if (account.isEmpty()) {
      return false;
    }
    try {
      accounts.requireActive(row.token().getRealm(), account);
      return false;
    } catch (CoreException e) {
      return true;
    }
  }

  /** Takes over a token of an original server, unless it is known. */
  private void adopt(String realm, String presented) {
    if (byToken(realm, presented).isPresent()) {
      return;
    }
    Optional<FakeKeys.Foreign> foreign = keys.foreign(realm, presented, now());
    if (foreign.isEmpty()) {
      return;
    }
    FakeKeys.Foreign vouched = foreign.get();
    try {
      accounts.requireActive(realm, vouched.subject());
    } catch (CoreException e) {
      return;
    }
    Token.Builder token =
        Token.newBuilder()
            .setId(nextId())
            .setRealm(realm)
            .setKind("access")
            .setSubject(vouched.subject())
            .setAccountId(vouched.subject())
            .setIssuer(vouched.issuer())
            .setIssueTime(timestamp(vouched.issueTime()))
            .setExpireTime(timestamp(vouched.expireTime()));
    vouched
        .refreshEnd()
        .ifPresent(end -> token.setFamilyId(token.getId()).setFamilyEndTime(timestamp(end)));
    add(
        presented,
        vouched.refreshEnd().isPresent() ? FakeRow.Role.ITSELF : FakeRow.Role.ALONE,
        token.build());
  }

  private void revokeFamily(FakeRow row) {
    family(row).forEach(this::end);
  }

  private void end(FakeRow row) {
    if (!row.isRevoked()) {
      row.revoke();
      row.set(row.token().toBuilder().setRevokeTime(timestamp(now())).build());
    }
  }

  private List<FakeRow> family(FakeRow row) {
    String family = row.token().getFamilyId();
    return rows.stream()
        .filter(
            each -> each == row || !family.isEmpty() && family.equals(each.token().getFamilyId()))
        .toList();
  }

  private FakeRow live(FakeRow ofFamily, FakeRow.Role role) {
    return family(ofFamily).stream()
        .filter(row -> row.role() == role && row.isLive())
        .findFirst()
        .orElseThrow();
  }

  private Optional<FakeRow> byToken(String realm, String secret) {
    return byToken(realm, secret, Scope.NONE);
  }

  private Optional<FakeRow> byToken(String realm, String secret, Scope scope) {
    return find(realm, secret, row -> row.role() != FakeRow.Role.SECOND && scope.has(row.token()));
  }

  /** The live one before one that was revoked or spent. */
  private Optional<FakeRow> find(String realm, String secret, Predicate<FakeRow> which) {
    List<FakeRow> found =
        rows.stream()
            .filter(row -> row.token().getRealm().equals(realm) && row.secret().equals(secret))
            .filter(which)
            .toList();
    return found.stream()
        .filter(FakeRow::isLive)
        .findFirst()
        .or(() -> found.stream().reduce((older, newer) -> newer));
  }

  private FakeRow add(String secret, FakeRow.Role role, Token token) {
    FakeRow row = new FakeRow(secret, role, token);
    rows.add(row);
    return row;
  }

  private String nextId() {
    return Long.toString(++lastId);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private Instant after(Duration duration) {
    return now().plusSeconds(duration.getSeconds()).plusNanos(duration.getNanos());
  }

  private static long grace(RefreshTokenRequest request) {
    return request.hasGrace() ? request.getGrace().getSeconds() : DEFAULT_GRACE_SECONDS;
  }

  private static RefreshTokenResponse refused(InactiveReason reason) {
    return RefreshTokenResponse.newBuilder().setReason(reason).build();
  }

  private static void require(boolean valid) {
    if (!valid) {
      throw new CoreException(ErrorReason.ERROR_REASON_FIELD_INVALID);
    }
  }

  private static String realm(String name) {
    return name.isEmpty() ? "default" : name;
  }

  private static String hex(io.jeton.v1.HexFormat format) {
    return hex(format.getLength() == 0 ? 32 : format.getLength());
  }

  private static String hex(int length) {
    byte[] bytes = new byte[length / 2];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
