package io.jeton.client.records;

/** A line of an import file that is no record. It never holds a value of the line. */
public final class BadLineException extends Exception {
  private static final long serialVersionUID = 1;

  private final long line;
  private final String field;

  BadLineException(long line, String field, String message) {
    super(message, null, false, false);
    this.line = line;
    this.field = field;
  }

  /** The line's number, from 1. */
  public long line() {
    return line;
  }

  /** The field that is wrong; empty: the whole line. */
  public String field() {
    return field;
  }

  /** What is wrong. */
  public String problem() {
    return String.valueOf(getMessage());
  }
}
