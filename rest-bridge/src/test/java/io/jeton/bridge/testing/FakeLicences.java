package io.jeton.bridge.testing;

import com.google.protobuf.Timestamp;
import io.jeton.bridge.CoreException;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.Module;
import io.jeton.v1.ModuleScope;
import io.jeton.v1.SubModule;
import io.jeton.v1.Token;
import io.jeton.v1.VerifyTokenRequest;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a {@link FakeCore} knows of licences: where codes are unique, their machines and uses. */
final class FakeLicences {
  private static final long EARLIEST = -62_135_596_800L;
  private static final long LATEST = 253_402_300_799L;

  private final FakeModules modules;
  private final Map<String, Instant> lastUses = new HashMap<>();

  FakeLicences(FakeModules modules) {
    this.modules = modules;
  }

  /**
   * Where a secret is unique.
   *
   * @param module the module's name as it is stored; empty: it is no licence
   */
  record Scope(String module, String subModule, String issuer, boolean isOverdue) {
    static final Scope NONE = new Scope("", "", "", false);

    boolean has(Token token) {
      return token.getModule().equals(module)
          && token.getSubModule().equals(subModule)
          && (module.isEmpty() || token.getIssuer().equals(issuer));
    }
  }

  Scope named(String realm, boolean hasScope, ModuleScope scope, Instant now) {
    if (!hasScope) {
      return Scope.NONE;
    }
    return modules
        .byName(realm, scope.getModule())
        .flatMap(module -> find(module, scope.getSubModule(), scope.getIssuer(), now))
        .orElseThrow(() -> new CoreException(ErrorReason.ERROR_REASON_MODULE_NOT_FOUND));
  }

  /** Where the token of a request is unique; empty when there is no such module. */
  Optional<Scope> asked(String realm, VerifyTokenRequest request, Instant now) {
    if (request.getModuleIdentification().isEmpty()) {
      if (!request.getSubModule().isEmpty() || !request.getIssuer().isEmpty()) {
        throw invalid();
      }
      return Optional.of(Scope.NONE);
    }
    return modules
        .byIdentification(realm, request.getModuleIdentification())
        .flatMap(module -> find(module, request.getSubModule(), request.getIssuer(), now));
  }

  private static Optional<Scope> find(Module module, String subModule, String issuer, Instant now) {
    boolean isOverdue =
        module.getDisabled() || hasCome(module.hasExpireTime(), module.getExpireTime(), now);
    if (subModule.isEmpty() || FakeModules.isSame(subModule, "default")) {
      return Optional.of(new Scope(module.getName(), "", issuer, isOverdue));
    }
    for (SubModule part : module.getSubModulesList()) {
      if (FakeModules.isSame(part.getName(), subModule)) {
        boolean isPartOverdue = hasCome(part.hasExpireTime(), part.getExpireTime(), now);
        return Optional.of(
            new Scope(module.getName(), part.getName(), issuer, isOverdue || isPartOverdue));
      }
    }
    return Optional.empty();
  }

  /** The licence, bound as a request says. */
  Token bind(Token token, boolean isExpired, BindTokenRequest request, Instant now) {
    String machine = request.getMachine();
    if (token.getModule().isEmpty()
        || request.getScopesCount() > 0
        || machine.isEmpty() && !request.getRebind()) {
      throw invalid();
    }
    if (request.getRebind()) {
      return token.toBuilder().setMachine(machine).build();
    }
    if (isExpired) {
      throw new CoreException(ErrorReason.ERROR_REASON_TOKEN_INACTIVE);
    }
    if (scopeOf(token, now).isOverdue()) {
      throw new CoreException(ErrorReason.ERROR_REASON_MODULE_INACTIVE);
    }
    if (token.getMachine().isEmpty()) {
      return token.toBuilder().setMachine(machine).build();
    }
    if (token.getMachine().equalsIgnoreCase(machine)) {
      return token;
    }
    throw new CoreException(ErrorReason.ERROR_REASON_TOKEN_BOUND);
  }

  private Scope scopeOf(Token token, Instant now) {
    ModuleScope scope =
        ModuleScope.newBuilder()
            .setModule(token.getModule())
            .setSubModule(token.getSubModule())
            .build();
    return named(token.getRealm(), true, scope, now);
  }

  /** Notes the use of a licence, once a minute. */
  void use(Token token, Instant now) {
    Instant last = lastUses.get(token.getId());
    if (last == null || !now.isBefore(last.plusSeconds(60))) {
      lastUses.put(token.getId(), now);
    }
  }

  /** The token as those see it who manage it. */
  Token shown(Token token) {
    Instant last = lastUses.get(token.getId());
    return last == null
        ? token
        : token.toBuilder()
            .setLastUseTime(
                Timestamp.newBuilder().setSeconds(last.getEpochSecond()).setNanos(last.getNano()))
            .build();
  }

  /** The token, with its end moved as a request says. */
  static Token extend(Token token, ExtendTokenRequest request, Instant now) {
    if (request.hasExpireTime()) {
      return token.toBuilder().setExpireTime(request.getExpireTime()).build();
    }
    if (!token.hasExpireTime()) {
      return token;
    }
    Timestamp end = token.getExpireTime();
    if (hasCome(true, end, now)) {
      end = Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
    }
    BigInteger seconds =
        BigInteger.valueOf(end.getSeconds())
            .add(BigInteger.valueOf(request.getBySeconds()))
            .max(BigInteger.valueOf(EARLIEST - 1))
            .min(BigInteger.valueOf(LATEST));
    Timestamp moved = end.toBuilder().setSeconds(seconds.longValueExact()).build();
    if (moved.getSeconds() == LATEST) {
      moved = moved.toBuilder().setNanos(0).build();
    } else if (moved.getSeconds() < EARLIEST) {
      moved = Timestamp.newBuilder().setSeconds(EARLIEST).build();
    }
    return token.toBuilder().setExpireTime(moved).build();
  }

  private static CoreException invalid() {
    return new CoreException(ErrorReason.ERROR_REASON_FIELD_INVALID);
  }

  private static boolean hasCome(boolean isSet, Timestamp time, Instant now) {
    return isSet && !now.isBefore(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()));
  }
}
