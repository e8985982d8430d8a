package io.jeton.server.domain;

/**
 * The row of a refresh secret.
 *
 * @param token what is known of it; it is never valid as a token
 * @param partner the token that it renews
 * @param sealedPartner that token's secret, encrypted under this row's
 */
public record RefreshRow(Token token, TokenId partner, byte[] sealedPartner) {
  /** The same row, issued in this epoch of its realm. */
  public RefreshRow inEpoch(int epoch) {
    return new RefreshRow(token.inEpoch(epoch), partner, sealedPartner);
  }
}
