package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * One refresh: a secret ends, and the next of its family takes its place.
 *
 * @param spent the row whose secret ends, as it was when the rest was made from it
 * @param next the row that takes its place
 * @param pair what else becomes of a pair; empty: the token is refreshed with itself
 * @param answer the answer that is owed again; empty: there is no grace
 * @param isGuessable whether somebody can have asked for the next secret before
 */
public record Rotation(
    Token spent,
    Token next,
    Optional<Pair> pair,
    Optional<Answer> answer,
    boolean isGuessable,
    Instant at) {

  /**
   * The token that a pair renews.
   *
   * @param token with its new end
   * @param sealedSecret its secret, encrypted under the next refresh secret
   */
  public record Pair(Token token, byte[] sealedSecret) {}

  /**
   * An answer, encrypted under the secret that was presented.
   *
   * @param row the row of that secret
   * @param end until when it is owed
   */
  public record Answer(TokenId row, byte[] sealed, Instant end) {}

  /** What became of a rotation. */
  public enum Outcome {
    DONE,
    /** The row is no longer what it was: look at it again. Nothing was changed. */
    LOST,
    /** The pair's token or the account has ended. Nothing was changed. */
    ENDED
  }
}
