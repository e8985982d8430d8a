package io.jeton.load.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServersTest {
  @Test
  void flagsIn_areTheServersOwn_withoutItsHomeAndClassPath() {
    String[] arguments = {
      "-XX:+UseSerialGC", "-Da=b", "-Djeton.home=/x", "-cp", "/x/lib/*", "Main", "serve", "--port"
    };
    assertThat(Servers.flagsIn(arguments)).containsExactly("-XX:+UseSerialGC", "-Da=b");
  }

  @Test
  void start_saysWhatTheProcessSaidLast_whenItEndsTooSoon() {
    List<String> command = List.of("sh", "-c", "echo starting; echo port 1 is taken >&2; exit 3");
    assertThatThrownBy(() -> Child.start("it", command, "ready on "))
        .isInstanceOf(BenchException.class)
        .hasMessage("it did not become ready: port 1 is taken");
  }

  @Test
  void start_saysThatThereIsNoSuchProgram() {
    assertThatThrownBy(() -> Child.start("it", List.of("/no/such/program"), "ready on "))
        .isInstanceOf(BenchException.class)
        .hasMessageStartingWith("it cannot be started: ");
  }
}
