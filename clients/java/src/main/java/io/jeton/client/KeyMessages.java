package io.jeton.client;

/** Turns the protocol's messages about signing keys into Java's and back. */
final class KeyMessages {
  private KeyMessages() {}

  static SigningKey key(io.jeton.v1.SigningKey m) {
    return new SigningKey(
        m.getId(),
        m.getRealm(),
        m.getName(),
        algorithm(m.getAlgorithm()),
        Messages.instant(m.getCreateTime()),
        Messages.instant(m.hasRetireTime(), m.getRetireTime()),
        Messages.instant(m.hasRevokeTime(), m.getRevokeTime()),
        Messages.nonEmpty(m.getJwk()),
        Messages.instant(m.hasSignTime(), m.getSignTime()));
  }

  static io.jeton.v1.ForeignTokens message(ForeignTokens foreign) {
    var message =
        io.jeton.v1.ForeignTokens.newBuilder()
            .setAcceptUntil(Messages.timestamp(foreign.acceptUntil()))
            .putAllClaims(foreign.claims())
            .setIssuer(foreign.issuer());
    foreign.refreshWindow().map(Messages::duration).ifPresent(message::setRefreshWindow);
    return message.build();
  }

  private static SigningAlgorithm algorithm(io.jeton.v1.SigningAlgorithm m) {
    return switch (m) {
      case SIGNING_ALGORITHM_HS256 -> SigningAlgorithm.HS256;
      case SIGNING_ALGORITHM_HS512 -> SigningAlgorithm.HS512;
      case SIGNING_ALGORITHM_ES256 -> SigningAlgorithm.ES256;
      case SIGNING_ALGORITHM_RS256 -> SigningAlgorithm.RS256;
      case SIGNING_ALGORITHM_UNSPECIFIED, UNRECOGNIZED -> SigningAlgorithm.OTHER;
    };
  }

  static io.jeton.v1.SigningAlgorithm message(SigningAlgorithm algorithm) {
    return switch (algorithm) {
      case HS256 -> io.jeton.v1.SigningAlgorithm.SIGNING_ALGORITHM_HS256;
      case HS512 -> io.jeton.v1.SigningAlgorithm.SIGNING_ALGORITHM_HS512;
      case ES256 -> io.jeton.v1.SigningAlgorithm.SIGNING_ALGORITHM_ES256;
      case RS256 -> io.jeton.v1.SigningAlgorithm.SIGNING_ALGORITHM_RS256;
      case OTHER -> throw new IllegalArgumentException("an algorithm unknown to this client");
    };
  }
}
