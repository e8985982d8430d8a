package io.jeton.server.api;

import io.jeton.server.crypto.TokenFormat;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Secret;
import io.jeton.v1.HexFormat;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.JwtFormat;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.SuppliedFormat;
import java.time.Instant;
import java.util.Optional;

/** Makes secrets in the format that a request asks for. Safe for use by several threads; blocks. */
final class SecretMint {
  private static final int DEFAULT_HEX = 32;

  private final TokenSigner signer;

  SecretMint(TokenSigner signer) {
    this.signer = signer;
  }

  /** A secret, and the key that signed it; 0: it is not signed. */
  record Minted(Secret secret, int signingKeyId) {
    static Minted unsigned(Secret secret) {
      return new Minted(secret, 0);
    }
  }

  /** What a signed token must say. */
  record Claims(Realm realm, String subject, Optional<Instant> expireTime, Caller caller) {}

  /** The secret of a token that is issued. */
  Minted issued(IssueTokenRequest request, Claims claims) {
    return switch (request.getFormatCase()) {
      case OPAQUE, FORMAT_NOT_SET -> Minted.unsigned(TokenFormat.newToken());
      case HEX -> Minted.unsigned(hex(request.getHex()));
      case SUPPLIED -> Minted.unsigned(Secret.of(request.getSupplied().getCode()));
      case JWT -> signed(request.getJwt(), claims);
    };
  }

  /** The second secret of a pair that is issued. */
  static Secret issuedRefresh(IssueTokenRequest request) {
    return switch (request.getFormatCase()) {
      case OPAQUE, FORMAT_NOT_SET -> TokenFormat.newToken();
      case HEX -> hex(request.getHex());
      case SUPPLIED -> {
        String code = request.getSupplied().getRefreshCode();
        yield code.isEmpty() ? TokenFormat.newHex(DEFAULT_HEX) : Secret.of(code);
      }
      case JWT -> throw noPair();
    };
  }

  /** The next secret of a token that is refreshed with itself. */
  Minted refreshed(RefreshTokenRequest request, Claims claims) {
    return switch (request.getFormatCase()) {
      case OPAQUE, FORMAT_NOT_SET -> Minted.unsigned(TokenFormat.newToken());
      case HEX -> Minted.unsigned(hex(request.getHex()));
      case JWT -> signed(request.getJwt(), claims);
    };
  }

  /** The next second secret of a pair. */
  static Secret refreshedPair(RefreshTokenRequest request) {
    return switch (request.getFormatCase()) {
      case OPAQUE, FORMAT_NOT_SET -> TokenFormat.newToken();
      case HEX -> hex(request.getHex());
      case JWT -> throw noPair();
    };
  }

  /** Refuses codes that look like Jeton's own, and one that nothing asks for. */
  static void requireCodes(SuppliedFormat supplied, boolean isPair, boolean isLicence) {
    if (!isLicence) {
      requireForeign("supplied.code", supplied.getCode());
    }
    requireForeign("supplied.refresh_code", supplied.getRefreshCode());
    if (!isPair && !supplied.getRefreshCode().isEmpty()) {
      throw RefusedException.ofField(
          "supplied.refresh_code", "must be empty unless the token is refreshed with a pair");
    }
  }

  static RefusedException noPair() {
    return RefusedException.ofField("jwt", "cannot be refreshed with a pair");
  }

  private static void requireForeign(String field, String code) {
    if (code.startsWith(TokenFormat.TOKEN_PREFIX)) {
      throw RefusedException.ofField(field, "must not begin with jt_");
    }
  }

  private static Secret hex(HexFormat format) {
    return TokenFormat.newHex(format.getLength() == 0 ? DEFAULT_HEX : format.getLength());
  }

  private Minted signed(JwtFormat format, Claims claims) {
    TokenSigner.Signed signed =
        signer.sign(claims.realm, format, claims.subject, claims.expireTime, claims.caller);
    return new Minted(signed.secret(), signed.signingKeyId());
  }
}
