package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeStepTest {
  @Test
  void steps_areCommandsWithWhatTheyShow_ofShellBlocksAlone() {
    Readme readme =
        Readme.of("```sh\nmvn a\n```\n$ no\n```sh\n$ b \\\n  c\n1\n2\n$ d\n```\n```js\n$ e\n```\n");

    assertThat(readme.mavenLines()).containsExactly("mvn a");
    assertThat(readme.steps())
        .containsExactly(
            new Readme.Step("b \\\n  c", List.of("1", "2")), new Readme.Step("d", List.of()));
  }

  @Test
  void hereDocument_belongsToItsCommand() {
    Readme readme = Readme.of("```sh\n$ a - <<'END'\nb\n$ c\nEND\n1\n$ d\n```\n");

    assertThat(readme.steps())
        .containsExactly(
            new Readme.Step("a - <<'END'\nb\n$ c\nEND", List.of("1")),
            new Readme.Step("d", List.of()));
  }

  @Test
  void ellipsis_standsForAnything_andNothingElseDoes() {
    Readme.Step step = new Readme.Step("", List.of("id: …", "…", "a.b"));

    assertThat(step.isShownBy("id: 1\na.b\n")).isTrue();
    assertThat(step.isShownBy("id: 1\nmore\nlines\na.b\n")).isTrue();
    assertThat(step.isShownBy("id: 1\naxb\n")).isFalse();
    assertThat(step.isShownBy("id: \na.b\n")).isFalse();
    assertThat(step.isShownBy("id: 1\na.b\nmore\n")).isFalse();
    assertThat(new Readme.Step("", List.of()).isShownBy("")).isTrue();
    assertThat(new Readme.Step("", List.of()).isShownBy("something\n")).isFalse();
  }
}
