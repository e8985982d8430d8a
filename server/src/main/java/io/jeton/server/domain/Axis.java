package io.jeton.server.domain;

/** What tokens can have in common when they are ended all at once. */
public enum Axis {
  REALM(1),
  SUBJECT(2),
  APPLICATION(3),
  MODULE(4),
  KIND(5);

  private final int number;

  Axis(int number) {
    this.number = number;
  }

  /** The number that stands for it in the store. */
  public int number() {
    return number;
  }

  /**
   * The axis that a number stands for.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Axis ofNumber(int number) {
    for (Axis axis : values()) {
      if (axis.number == number) {
        return axis;
      }
    }
    throw new IllegalArgumentException("no axis has the number " + number);
  }
}
