package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

/** What a command left. */
record Finished(int exit, String out, String err) {

  /** It did what it was asked, and complained of nothing. */
  Finished requireOk() {
    assertThat(exit).as("exit status; standard error: %s", err).isZero();
    return this;
  }

  Finished requireExit(int expected) {
    assertThat(exit).as("exit status; standard error: %s", err).isEqualTo(expected);
    return this;
  }

  /** Standard error says these things, beside what it logged. */
  void requireErr(String... parts) {
    assertThat(err).contains(parts).doesNotContain("Exception", "\tat ");
  }

  /** It refused with one line for a person, which says these things, and printed nothing else. */
  void requireOneLine(int expectedExit, String... parts) {
    requireExit(expectedExit);
    assertThat(err)
        .matches("error: \\P{Cntrl}+\n")
        .contains(parts)
        .doesNotContain("Exception", "\tat ", "java.", "null");
    assertThat(out).isEmpty();
  }

  /** Standard output, which is one line. */
  String line() {
    assertThat(out).matches("\\P{Cntrl}+\n");
    return out.strip();
  }
}
