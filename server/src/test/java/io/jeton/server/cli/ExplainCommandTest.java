package io.jeton.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExplainCommandTest {
  private final Run run = new Run();

  @Test
  void aReason_isExplained_howeverItIsWritten() {
    for (String reason : new String[] {"STORE_FULL", "store_full", "ERROR_REASON_STORE_FULL"}) {
      Run.Result result = run.jeton("explain", reason);

      assertThat(result.exit()).isZero();
      assertThat(result.out())
          .startsWith("STORE_FULL\nThe database has no room left.")
          .contains("- Status: `RESOURCE_EXHAUSTED`\n")
          .endsWith("{\"reason\": \"STORE_FULL\", \"domain\": \"jeton\", \"metadata\": {}}\n");
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void aReasonOfATokenAndOfACall_isExplainedTwice() {
    assertThat(run.jeton("explain", "MODULE_NOT_FOUND").out())
        .startsWith("MODULE_NOT_FOUND\n")
        .contains("\n\nInactive: MODULE_NOT_FOUND\n");
    assertThat(run.jeton("explain", "missing_scope").out()).startsWith("Inactive: MISSING_SCOPE\n");
  }

  @Test
  void withoutAReason_allAreListed() {
    String list = run.jeton("explain").out();

    assertThat(list.lines())
        .hasSize(1 + ErrorPage.read().sections().size())
        .allMatch(line -> line.matches("[A-Z_]+ +(OF|call|token) +\\S.*"));
    assertThat(list).containsPattern("(?m)^STOPPING +call +The server is stopping\\.$");
  }

  @Test
  void noReason_isAWrongUsage_thatRepeatsNothing() {
    Run.Result result = run.jeton("explain", "S3CRET");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).startsWith("error: there is no such reason").doesNotContain("S3CRET");
  }
}
