package io.jeton.client;

import static io.jeton.client.Messages.instant;
import static io.jeton.client.Messages.nonEmpty;

import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.HexFormat;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ListTokensResponse;
import io.jeton.v1.OpaqueFormat;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenResponse;
import io.jeton.v1.RefreshWithItself;
import io.jeton.v1.RefreshWithPair;
import io.jeton.v1.ReusePolicy;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.RevokeTokensRequest;
import io.jeton.v1.SuppliedFormat;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import io.jeton.v1.WholeRealm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the protocol's messages about tokens into Java's and back. */
final class TokenMessages {
  private TokenMessages() {}

  static IssueTokenRequest request(IssueSpec spec) {
    IssueTokenRequest.Builder to =
        IssueTokenRequest.newBuilder()
            .setRealm(spec.realm())
            .setKind(spec.kind())
            .setSubject(spec.subject())
            .addAllScopes(spec.scopes())
            .setAppId(spec.appId())
            .setRequestId(spec.requestId())
            .setAccountId(spec.accountId());
    to.setModule(spec.module()).setSubModule(spec.subModule());
    spec.name().ifPresent(to::setName);
    if (spec.expiry() instanceof Expiry.After after) {
      to.setLifetime(Messages.duration(after.lifetime()));
    } else if (spec.expiry() instanceof Expiry.At at) {
      to.setExpireTime(Messages.timestamp(at.expireTime()));
    }
    if (spec.format() instanceof TokenFormat.Hex hex) {
      to.setHex(HexFormat.newBuilder().setLength(hex.length()));
    } else if (spec.format() instanceof TokenFormat.Supplied supplied) {
      to.setSupplied(SuppliedFormat.newBuilder().setCode(supplied.code().reveal()));
    } else {
      to.setOpaque(OpaqueFormat.getDefaultInstance());
    }
    if (spec.refreshing() instanceof Refreshing.WithItself itself) {
      to.getRefreshBuilder()
          .setWindow(Messages.duration(itself.window()))
          .setItself(RefreshWithItself.getDefaultInstance());
    } else if (spec.refreshing() instanceof Refreshing.WithPair pair) {
      to.getRefreshBuilder()
          .setWindow(Messages.duration(pair.window()))
          .setPair(RefreshWithPair.getDefaultInstance());
    }
    to.setRevealable(spec.revealable());
    for (CompanionSpec companion : spec.companions()) {
      to.addCompanionsBuilder().setKind(companion.kind()).addAllScopes(companion.scopes());
    }
    return to.build();
  }

  static RefreshTokenRequest request(RefreshSpec spec) {
    RefreshTokenRequest.Builder to =
        RefreshTokenRequest.newBuilder()
            .setToken(spec.secret().reveal())
            .setRealm(spec.realm())
            .setIssuer(spec.issuer())
            .setReuse(
                spec.revokesReused()
                    ? ReusePolicy.REUSE_POLICY_REVOKE_FAMILY
                    : ReusePolicy.REUSE_POLICY_REFUSE)
            .setAcceptToken(spec.acceptsToken());
    if (spec.expiry() instanceof Expiry.After after) {
      to.setLifetime(Messages.duration(after.lifetime()));
    } else if (spec.expiry() instanceof Expiry.At at) {
      to.setExpireTime(Messages.timestamp(at.expireTime()));
    }
    if (spec.format() instanceof TokenFormat.Hex hex) {
      to.setHex(HexFormat.newBuilder().setLength(hex.length()));
    } else {
      to.setOpaque(OpaqueFormat.getDefaultInstance());
    }
    spec.grace().ifPresent(grace -> to.setGrace(Messages.duration(grace)));
    return to.build();
  }

  static BindTokenRequest request(BindSpec spec) {
    BindTokenRequest.Builder to =
        BindTokenRequest.newBuilder().setRealm(spec.ref().realm()).addAllScopes(spec.scopes());
    if (spec.ref() instanceof TokenRef.ById byId) {
      to.setId(byId.id());
    } else if (spec.ref() instanceof TokenRef.BySecret bySecret) {
      to.setToken(bySecret.secret().reveal());
    } else if (spec.ref() instanceof TokenRef.OfLicence licence) {
      to.setToken(licence.secret().reveal()).setModuleScope(scope(licence.scope()));
    }
    if (spec.machine().isPresent()) {
      to.setMachine(spec.machine().get()).setRebind(spec.rebind());
    } else if (spec.accountId().isEmpty()) {
      to.setSubject(spec.subject());
    } else {
      to.setAccountId(spec.accountId());
    }
    return to.build();
  }

  static ExtendTokenRequest request(ExtendSpec spec) {
    ExtendTokenRequest.Builder to = ExtendTokenRequest.newBuilder().setRealm(spec.ref().realm());
    if (spec.ref() instanceof TokenRef.ById byId) {
      to.setId(byId.id());
    } else if (spec.ref() instanceof TokenRef.BySecret bySecret) {
      to.setToken(bySecret.secret().reveal());
    } else if (spec.ref() instanceof TokenRef.OfLicence licence) {
      to.setToken(licence.secret().reveal()).setModuleScope(scope(licence.scope()));
    }
    if (spec instanceof ExtendSpec.By by) {
      to.setBySeconds(by.time().toSeconds());
    } else if (spec instanceof ExtendSpec.To instant) {
      to.setExpireTime(Messages.timestamp(instant.expireTime()));
    }
    return to.build();
  }

  static GetTokenRequest getRequest(TokenRef ref) {
    GetTokenRequest.Builder to = GetTokenRequest.newBuilder().setRealm(ref.realm());
    if (ref instanceof TokenRef.ById byId) {
      to.setId(byId.id());
    } else if (ref instanceof TokenRef.BySecret bySecret) {
      to.setToken(bySecret.secret().reveal());
    } else if (ref instanceof TokenRef.OfLicence licence) {
      to.setToken(licence.secret().reveal()).setModuleScope(scope(licence.scope()));
    }
    return to.build();
  }

  static RevokeTokenRequest revokeRequest(TokenRef ref) {
    RevokeTokenRequest.Builder to = RevokeTokenRequest.newBuilder().setRealm(ref.realm());
    if (ref instanceof TokenRef.ById byId) {
      to.setId(byId.id());
    } else if (ref instanceof TokenRef.BySecret bySecret) {
      to.setToken(bySecret.secret().reveal());
    } else if (ref instanceof TokenRef.OfLicence licence) {
      to.setToken(licence.secret().reveal()).setModuleScope(scope(licence.scope()));
    }
    return to.build();
  }

  private static io.jeton.v1.ModuleScope scope(ModuleScope scope) {
    return io.jeton.v1.ModuleScope.newBuilder()
        .setModule(scope.module())
        .setSubModule(scope.subModule())
        .setIssuer(scope.issuer())
        .build();
  }

  static IssuedToken issued(IssueTokenResponse m) {
    return new IssuedToken(
        token(m.getToken()),
        Secret.of(m.getSecret()),
        refreshSecret(m.hasRefreshToken(), m.getRefreshToken(), m.getRefreshSecret()),
        m.getCompanionsList().stream()
            .map(each -> new Companion(token(each.getToken()), Secret.of(each.getSecret())))
            .toList());
  }

  static Refresh refresh(RefreshTokenResponse m) {
    if (!m.getRefreshed()) {
      return new Refresh(Optional.of(reason(m.getReason())), Optional.empty(), false);
    }
    IssuedToken renewed =
        new IssuedToken(
            token(m.getToken()),
            Secret.of(m.getSecret()),
            refreshSecret(m.hasRefreshToken(), m.getRefreshToken(), m.getRefreshSecret()),
            List.of());
    return new Refresh(Optional.empty(), Optional.of(renewed), m.getRepeated());
  }

  private static Optional<RefreshSecret> refreshSecret(
      boolean isSet, io.jeton.v1.Token token, String secret) {
    return isSet
        ? Optional.of(new RefreshSecret(token(token), Secret.of(secret)))
        : Optional.empty();
  }

  static RevokeTokensRequest request(TokenGroup group) {
    var request = RevokeTokensRequest.newBuilder().setRealm(group.realm());
    switch (group.by()) {
      case SUBJECT -> request.setSubject(group.name());
      case APPLICATION -> request.setAppId(group.name());
      case MODULE -> request.setModule(group.name());
      case KIND -> request.setKind(group.name());
      case REALM -> request.setWholeRealm(WholeRealm.getDefaultInstance());
    }
    return request.build();
  }

  static VerifyTokenRequest request(VerifySpec spec) {
    VerifyTokenRequest.Builder to =
        VerifyTokenRequest.newBuilder()
            .setToken(spec.secret().reveal())
            .setRealm(spec.realm())
            .addAllRequiredScopes(spec.requiredScopes())
            .setAppId(spec.appId())
            .setMachine(spec.machine())
            .setModuleIdentification(spec.moduleIdentification())
            .setSubModule(spec.subModule())
            .setIssuer(spec.issuer());
    spec.act()
        .ifPresent(
            act -> {
              String id = Long.toString(act.id());
              if (act instanceof ActAs.User) {
                to.setActAsUser(id);
              } else {
                to.setActAsGroup(id);
              }
            });
    return to.build();
  }

  static ListTokensRequest.Builder request(ListSpec spec) {
    ListTokensRequest.Builder to =
        ListTokensRequest.newBuilder().setRealm(spec.realm()).setPageSize(spec.pageSize());
    spec.subject().ifPresent(to::setSubject);
    spec.issuer().ifPresent(to::setIssuer);
    return to;
  }

  /** The tokens of a page that was asked for with their secrets. */
  static List<RevealedToken> revealed(ListTokensResponse page) {
    if (page.getSecretsCount() != page.getTokensCount()) {
      throw new IllegalStateException(
          "got %d tokens and %d secrets".formatted(page.getTokensCount(), page.getSecretsCount()));
    }
    List<RevealedToken> revealed = new ArrayList<>();
    for (int i = 0; i < page.getTokensCount(); i++) {
      String secret = page.getSecrets(i);
      revealed.add(
          new RevealedToken(
              token(page.getTokens(i)),
              secret.isEmpty() ? Optional.empty() : Optional.of(Secret.of(secret))));
    }
    return revealed;
  }

  static Verdict verdict(VerifyTokenResponse m) {
    boolean active = m.getActive();
    return new Verdict(
        active,
        active ? Optional.empty() : Optional.of(reason(m.getReason())),
        active && m.hasToken() ? Optional.of(token(m.getToken())) : Optional.empty(),
        servedFrom(m.getServedFrom()),
        m.getEffectiveSubject());
  }

  static Token token(io.jeton.v1.Token m) {
    return new Token(
        m.getId(),
        m.getRealm(),
        m.getKind(),
        m.getSubject(),
        m.getScopesList(),
        nonEmpty(m.getAppId()),
        m.hasName() ? Optional.of(m.getName()) : Optional.empty(),
        instant(m.getIssueTime()),
        instant(m.hasExpireTime(), m.getExpireTime()),
        instant(m.hasRevokeTime(), m.getRevokeTime()),
        nonEmpty(m.getIssuer()),
        nonEmpty(m.getAccountId()),
        nonEmpty(m.getFamilyId()),
        instant(m.hasFamilyEndTime(), m.getFamilyEndTime()),
        nonEmpty(m.getModule()),
        nonEmpty(m.getSubModule()),
        nonEmpty(m.getMachine()),
        instant(m.hasLastUseTime(), m.getLastUseTime()),
        nonEmpty(m.getImportedId()));
  }

  private static InactiveReason reason(io.jeton.v1.InactiveReason m) {
    return switch (m) {
      case INACTIVE_REASON_MALFORMED -> InactiveReason.MALFORMED;
      case INACTIVE_REASON_UNKNOWN -> InactiveReason.UNKNOWN;
      case INACTIVE_REASON_REVOKED -> InactiveReason.REVOKED;
      case INACTIVE_REASON_EXPIRED -> InactiveReason.EXPIRED;
      case INACTIVE_REASON_WRONG_APPLICATION -> InactiveReason.WRONG_APPLICATION;
      case INACTIVE_REASON_MISSING_SCOPE -> InactiveReason.MISSING_SCOPE;
      case INACTIVE_REASON_SPENT -> InactiveReason.SPENT;
      case INACTIVE_REASON_NOT_REFRESHABLE -> InactiveReason.NOT_REFRESHABLE;
      case INACTIVE_REASON_MODULE_NOT_FOUND -> InactiveReason.MODULE_NOT_FOUND;
      case INACTIVE_REASON_MODULE_OVERDUE -> InactiveReason.MODULE_OVERDUE;
      case INACTIVE_REASON_APPLICATION_DISABLED -> InactiveReason.APPLICATION_DISABLED;
      case INACTIVE_REASON_MACHINE_UNBOUND -> InactiveReason.MACHINE_UNBOUND;
      case INACTIVE_REASON_WRONG_MACHINE -> InactiveReason.WRONG_MACHINE;
      case INACTIVE_REASON_NOT_ADMINISTRATOR -> InactiveReason.NOT_ADMINISTRATOR;
      case INACTIVE_REASON_UNSPECIFIED, UNRECOGNIZED -> InactiveReason.OTHER;
    };
  }

  private static ServedFrom servedFrom(io.jeton.v1.ServedFrom m) {
    return switch (m) {
      case SERVED_FROM_UNSPECIFIED -> ServedFrom.NOWHERE;
      case SERVED_FROM_CACHE -> ServedFrom.CACHE;
      case SERVED_FROM_STORE -> ServedFrom.STORE;
      case UNRECOGNIZED -> ServedFrom.OTHER;
    };
  }
}
