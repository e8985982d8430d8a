package io.jeton.client;

import static io.jeton.client.Messages.instant;
import static io.jeton.client.Messages.nonEmpty;

import io.jeton.v1.HexFormat;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.OpaqueFormat;
import io.jeton.v1.SuppliedFormat;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
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
            .setRequestId(spec.requestId());
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
    return to.build();
  }

  static VerifyTokenRequest request(VerifySpec spec) {
    return VerifyTokenRequest.newBuilder()
        .setToken(spec.secret().reveal())
        .setRealm(spec.realm())
        .addAllRequiredScopes(spec.requiredScopes())
        .setAppId(spec.appId())
        .build();
  }

  static Verdict verdict(VerifyTokenResponse m) {
    boolean active = m.getActive();
    return new Verdict(
        active,
        active ? Optional.empty() : Optional.of(reason(m.getReason())),
        active && m.hasToken() ? Optional.of(token(m.getToken())) : Optional.empty(),
        servedFrom(m.getServedFrom()));
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
        instant(m.hasRevokeTime(), m.getRevokeTime()));
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
