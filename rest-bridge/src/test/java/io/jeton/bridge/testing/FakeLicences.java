package io.jeton.bridge.testing;

import com.google.protobuf.Timestamp;
import io.jeton.bridge.CoreException;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.GetModuleRequest;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.Module;
import io.jeton.v1.ModuleScope;
import io.jeton.v1.RevokeTokenResponse;
import io.jeton.v1.SubModule;
import io.jeton.v1.Token;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The modules of a {@link FakeCore}, and the licences for them with their codes in clear. */
final class FakeLicences {
  private static final long FIRST_ID = 1_000_000;
  private static final long LAST_SECOND = 253_402_300_799L;
  private static final long FIRST_SECOND = -62_135_596_800L;

  private final InstantSource clock;
  private final List<Module> modules = new ArrayList<>();
  private final Map<String, String> zones = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();

  FakeLicences(InstantSource clock) {
    this.clock = clock;
  }

  private static final class Row {
    private final String code;
    private Token token;

    Row(String code, Token token) {
      this.code = code;
      this.token = token;
    }
  }

  void put(Module module) {
    modules.add(module);
  }

  void setZone(String realm, String zone) {
    zones.put(realm, zone);
  }

  Module module(GetModuleRequest request) {
    String realm = realm(request.getRealm());
    Module found =
        (request.hasName()
                ? byName(realm, request.getName())
                : byIdentification(realm, request.getIdentification()))
            .orElseThrow(() -> new CoreException(ErrorReason.ERROR_REASON_MODULE_NOT_FOUND));
    return found.toBuilder().setTimeZone(zones.getOrDefault(realm, "UTC")).build();
  }

  IssueTokenResponse issue(IssueTokenRequest request) {
    String realm = realm(request.getRealm());
    Module module =
        byName(realm, request.getModule())
            .orElseThrow(() -> new CoreException(ErrorReason.ERROR_REASON_MODULE_NOT_FOUND));
    String subModule =
        request.getSubModule().isEmpty()
            ? ""
            : part(module, request.getSubModule())
                .map(SubModule::getName)
                .orElseThrow(() -> new CoreException(ErrorReason.ERROR_REASON_MODULE_NOT_FOUND));
    if (isOverdue(module, subModule)) {
      throw new CoreException(ErrorReason.ERROR_REASON_MODULE_INACTIVE);
    }
    String code = request.getSupplied().getCode();
    if (code.isEmpty() || code.indexOf(0) >= 0) {
      throw new CoreException(ErrorReason.ERROR_REASON_FIELD_INVALID);
    }
    if (find(realm, request.getIssuer(), module.getName(), subModule, code)
        .filter(row -> !row.token.hasRevokeTime())
        .isPresent()) {
      throw new CoreException(ErrorReason.ERROR_REASON_TOKEN_EXISTS);
    }
    Token.Builder token =
        Token.newBuilder()
            .setId(Long.toString(FIRST_ID + rows.size()))
            .setRealm(realm)
            .setKind(request.getKind())
            .setSubject(request.getSubject())
            .setIssuer(request.getIssuer())
            .setModule(module.getName())
            .setSubModule(subModule)
            .setIssueTime(timestamp(now()));
    switch (request.getExpiryCase()) {
      case LIFETIME ->
          token.setExpireTime(timestamp(now().plusSeconds(request.getLifetime().getSeconds())));
      case EXPIRE_TIME -> token.setExpireTime(request.getExpireTime());
      case EXPIRY_NOT_SET -> {}
    }
    rows.add(new Row(code, token.build()));
    return IssueTokenResponse.newBuilder().setToken(token).setSecret(code).build();
  }

  VerifyTokenResponse verify(VerifyTokenRequest request) {
    String realm = realm(request.getRealm());
    Optional<Module> module = byIdentification(realm, request.getModuleIdentification());
    Optional<Row> row =
        module.flatMap(
            each ->
                find(
                    realm,
                    request.getIssuer(),
                    each.getName(),
                    request.getSubModule(),
                    request.getToken()));
    InactiveReason reason = judge(module, row, request);
    VerifyTokenResponse.Builder response = VerifyTokenResponse.newBuilder().setReason(reason);
    if (reason == InactiveReason.INACTIVE_REASON_UNSPECIFIED) {
      noteUse(row.orElseThrow());
      response.setActive(true).setToken(row.orElseThrow().token);
    }
    return response.build();
  }

  private InactiveReason judge(
      Optional<Module> module, Optional<Row> row, VerifyTokenRequest request) {
    if (module.isEmpty()
        || !request.getSubModule().isEmpty()
            && part(module.get(), request.getSubModule()).isEmpty()) {
      return InactiveReason.INACTIVE_REASON_MODULE_NOT_FOUND;
    }
    if (isOverdue(module.get(), request.getSubModule())) {
      return InactiveReason.INACTIVE_REASON_MODULE_OVERDUE;
    }
    if (row.isEmpty()) {
      return InactiveReason.INACTIVE_REASON_UNKNOWN;
    }
    Token token = row.get().token;
    if (token.hasRevokeTime()) {
      return InactiveReason.INACTIVE_REASON_REVOKED;
    }
    if (isExpired(token)) {
      return InactiveReason.INACTIVE_REASON_EXPIRED;
    }
    if (token.getMachine().isEmpty()) {
      return InactiveReason.INACTIVE_REASON_MACHINE_UNBOUND;
    }
    return token.getMachine().equalsIgnoreCase(request.getMachine())
        ? InactiveReason.INACTIVE_REASON_UNSPECIFIED
        : InactiveReason.INACTIVE_REASON_WRONG_MACHINE;
  }

  private void noteUse(Row row) {
    boolean isDue =
        !row.token.hasLastUseTime()
            || !now().isBefore(instant(row.token.getLastUseTime()).plus(Duration.ofMinutes(1)));
    if (isDue) {
      Instant minute = now().truncatedTo(ChronoUnit.MINUTES);
      row.token = row.token.toBuilder().setLastUseTime(timestamp(minute)).build();
    }
  }

  boolean has(String id) {
    return rows.stream().anyMatch(row -> row.token.getId().equals(id));
  }

  Token get(String realm, String code, ModuleScope scope) {
    return require(realm(realm), code, scope).token;
  }

  RevokeTokenResponse revoke(String realm, String code, ModuleScope scope) {
    Row row = require(realm(realm), code, scope);
    boolean changed = !row.token.hasRevokeTime();
    if (changed) {
      row.token = row.token.toBuilder().setRevokeTime(timestamp(now())).build();
    }
    return RevokeTokenResponse.newBuilder().setToken(row.token).setChanged(changed).build();
  }

  Token bind(BindTokenRequest request) {
    Row row =
        request.hasId()
            ? byId(request.getId())
            : require(realm(request.getRealm()), request.getToken(), request.getModuleScope());
    boolean isInactive = row.token.hasRevokeTime() || isExpired(row.token) && !request.getRebind();
    if (isInactive) {
      throw new CoreException(ErrorReason.ERROR_REASON_TOKEN_INACTIVE);
    }
    boolean isBound = !row.token.getMachine().isEmpty();
    if (isBound && !request.getRebind()) {
      if (row.token.getMachine().equalsIgnoreCase(request.getMachine())) {
        return row.token;
      }
      throw new CoreException(ErrorReason.ERROR_REASON_TOKEN_BOUND);
    }
    row.token = row.token.toBuilder().setMachine(request.getMachine()).build();
    return row.token;
  }

  Token extend(ExtendTokenRequest request) {
    Row row =
        request.hasId()
            ? byId(request.getId())
            : require(realm(request.getRealm()), request.getToken(), request.getModuleScope());
    if (row.token.hasRevokeTime()) {
      throw new CoreException(ErrorReason.ERROR_REASON_TOKEN_INACTIVE);
    }
    if (row.token.hasExpireTime()) {
      Instant from = isExpired(row.token) ? now() : instant(row.token.getExpireTime());
      row.token = row.token.toBuilder().setExpireTime(moved(from, request.getBySeconds())).build();
    }
    return row.token;
  }

  private static Timestamp moved(Instant from, long seconds) {
    if (seconds > LAST_SECOND - from.getEpochSecond()) {
      return Timestamp.newBuilder().setSeconds(LAST_SECOND).build();
    }
    return seconds < FIRST_SECOND - from.getEpochSecond()
        ? Timestamp.newBuilder().setSeconds(FIRST_SECOND).build()
        : timestamp(from.plusSeconds(seconds));
  }

  private Row require(String realm, String code, ModuleScope scope) {
    Module module =
        byName(realm, scope.getModule())
            .orElseThrow(() -> new CoreException(ErrorReason.ERROR_REASON_MODULE_NOT_FOUND));
    return find(realm, scope.getIssuer(), module.getName(), scope.getSubModule(), code)
        .orElseThrow(() -> new CoreException(ErrorReason.ERROR_REASON_TOKEN_NOT_FOUND));
  }

  private Row byId(String id) {
    return rows.stream()
        .filter(row -> row.token.getId().equals(id))
        .findFirst()
        .orElseThrow(() -> new CoreException(ErrorReason.ERROR_REASON_TOKEN_NOT_FOUND));
  }

  /** The live one before one that was revoked. */
  private Optional<Row> find(
      String realm, String issuer, String module, String subModule, String code) {
    List<Row> found =
        rows.stream()
            .filter(row -> row.code.equals(code) && row.token.getRealm().equals(realm))
            .filter(row -> row.token.getIssuer().equals(issuer))
            .filter(row -> row.token.getModule().equals(module))
            .filter(row -> fold(row.token.getSubModule()).equals(fold(subModule)))
            .toList();
    return found.stream()
        .filter(row -> !row.token.hasRevokeTime())
        .findFirst()
        .or(() -> found.stream().reduce((older, newer) -> newer));
  }

  private Optional<Module> byName(String realm, String name) {
    return modules.stream()
        .filter(each -> each.getRealm().equals(realm) && fold(each.getName()).equals(fold(name)))
        .findFirst();
  }

  private Optional<Module> byIdentification(String realm, String identification) {
    return modules.stream()
        .filter(
            each ->
                each.getRealm().equals(realm) && each.getIdentification().equals(identification))
        .findFirst();
  }

  private static Optional<SubModule> part(Module module, String name) {
    return module.getSubModulesList().stream()
        .filter(each -> fold(each.getName()).equals(fold(name)))
        .findFirst();
  }

  private boolean isOverdue(Module module, String subModule) {
    return module.getDisabled()
        || module.hasExpireTime() && isOver(module.getExpireTime())
        || part(module, subModule)
            .filter(each -> each.hasExpireTime() && isOver(each.getExpireTime()))
            .isPresent();
  }

  private boolean isExpired(Token token) {
    return token.hasExpireTime() && isOver(token.getExpireTime());
  }

  private boolean isOver(Timestamp end) {
    return !now().isBefore(instant(end));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static String realm(String name) {
    return name.isEmpty() ? "default" : name;
  }

  private static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
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
