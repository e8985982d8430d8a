package io.jeton.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.load.child.BenchException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartsTest {
  @Test
  void parts_coverEveryGoalThatIsMeasured_andTakeTheirArguments() {
    Parts parts =
        new Parts(RunSize.QUICK, List.of(), List.of("--work-dir=/x"), Optional.of(Path.of("p")));
    assertThat(parts.chosen())
        .extracting(Parts.Part::name)
        .containsExactly(
            "verify", "batch", "miss", "issue", "refresh", "chatot", "liveget", "rows", "logins",
            "unknown", "latency", "mixed", "start");
    for (Parts.Part part : parts.chosen()) {
      assertThat(part.measurement().outcome().findings()).isEmpty();
      assertThat(part.arguments()).contains("--work-dir=/x");
    }
  }

  @Test
  void parts_areThoseThatWereAskedFor() {
    Parts parts = new Parts(RunSize.FULL, List.of("start", "issue"), List.of(), Optional.empty());
    assertThat(parts.chosen()).extracting(Parts.Part::name).containsExactly("issue", "start");
  }

  @Test
  void parts_refuseAnUnknownName() {
    assertThatThrownBy(() -> new Parts(RunSize.FULL, List.of("nope"), List.of(), Optional.empty()))
        .isInstanceOf(BenchException.class)
        .hasMessageStartingWith("--parts: nope (expected: some of verify, batch, ");
  }
}
