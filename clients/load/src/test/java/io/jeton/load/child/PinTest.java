package io.jeton.load.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PinTest {
  @Test
  void child_getsTheCoresThatThisProgramHadBefore() {
    ProcessHandle self = ProcessHandle.current();
    Optional<String> before = Pin.coresOf(self);
    // Not every system has taskset; then nothing is bound, as the results say.
    assumeTrue(before.isPresent());
    int first = Integer.parseInt(before.get().split("[-,]", -1)[0]);
    assertThat(Pin.pin(self, first)).isTrue();
    assertThat(Pin.coresOf(self)).contains(Integer.toString(first));
    try (Child child =
        Child.start("it", List.of("sh", "-c", "echo ready on http://x:1; sleep 60"), "ready on ")) {
      assertThat(Pin.coresOf(child.process())).isEqualTo(before);
    }
    assertThat(Pin.coresOf(self)).isEqualTo(before);
  }
}
