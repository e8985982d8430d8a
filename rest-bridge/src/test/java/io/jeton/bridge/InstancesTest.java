package io.jeton.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jeton.bridge.testing.FakeCore;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstancesTest {
  @Test
  void defaults_mountEveryContractWhereItsDocumentSays() {
    assertThat(mount(Instances.defaults()))
        .extracting(Mounted::name, Mounted::realm, Mounted::prefixes, Mounted::publicUrl)
        .containsExactlyInAnyOrder(
            tuple("animeloop", "default", List.of("/api/v2", ""), Optional.empty()),
            tuple("chatot", "default", List.of(""), Optional.empty()),
            tuple("lanying", "default", List.of(""), Optional.empty()),
            tuple("liveget", "default", List.of(""), Optional.empty()),
            tuple("thinksns", "default", List.of("/api/v2", ""), Optional.empty()));
  }

  @Test
  void of_takesEverySetting() {
    assertThat(
            mount(
                List.of(
                    Map.of(
                        "contract", "chatot",
                        "name", "mini",
                        "realm", "delta-x",
                        "prefixes", List.of("/mini", ""),
                        "public-url", "https://example.org",
                        "anonymous", false,
                        "default-scopes", List.of("read"),
                        "lifetime", "90m",
                        "refresh-window", "7d"),
                    Map.of(
                        "contract",
                        "chatot",
                        "prefixes",
                        List.of("/other"),
                        "refresh-with-value",
                        true,
                        "grace",
                        "0s",
                        "reuse",
                        "refuse",
                        "creations-per-minute",
                        5))))
        .extracting(Mounted::name, Mounted::realm, Mounted::prefixes, Mounted::publicUrl)
        .containsExactly(
            tuple("mini", "delta-x", List.of("/mini", ""), Optional.of("https://example.org")),
            tuple("chatot", "default", List.of("/other"), Optional.empty()));
  }

  @Test
  void of_refusesWrongSettingsOfLanying() {
    for (String lifetime : List.of("59s", "36501d", "month")) {
      assertThatThrownBy(() -> mount(List.of(Map.of("contract", "lanying", "lifetime", lifetime))))
          .isInstanceOf(SettingsException.class)
          .hasMessage(
              "contracts[0].lifetime: "
                  + lifetime
                  + " (expected: a time from 60s to 36500d, such as 10s, 5m, 2h or 30d)");
    }
    assertThatThrownBy(() -> mount(List.of(Map.of("contract", "lanying", "secret", "x"))))
        .hasMessage("contracts[0].secret: lanying has no such setting");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lifetime|2x|a time from 1s to 36500d, such as 10s, 5m, 2h or 30d",
        "lifetime|0s|a time from 1s to 36500d, such as 10s, 5m, 2h or 30d",
        "grace|61s|a time from 0s to 0d, such as 10s, 5m, 2h or 30d",
        "anonymous|maybe|true or false",
        "creations-per-minute|0|a whole number from 1 to 1000000",
        "creations-per-minute|many|a whole number from 1 to 1000000",
        "reuse|forgive|revoke-family or refuse",
        "name|Mini|lower-case letters, digits, dots, hyphens and underscores, at most 63",
        "realm|a.b|lower-case letters, digits and inner hyphens, at most 63",
        "public-url|example.org|a URL without path, such as https://example.org",
        "prefixes|/x|a list of different prefixes such as /api/v2, \"\" for the root",
      })
  void of_refusesWrongValues_andNamesTheKey(String key, String value, String expected) {
    assertThatThrownBy(() -> mount(List.of(Map.of("contract", "chatot", key, value))))
        .isInstanceOf(SettingsException.class)
        .hasMessage("contracts[0]." + key + ": " + value + " (expected: " + expected + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "default-validity|0s|: 0s (expected: a time from 1s to 36500d, such as 10s, 5m, 2h or 30d, or unlimited)",
        "failed-passwords|0|: 0 (expected: a whole number from 1 to 1000000)",
        "time-zone|Mars|: Mars (expected: the IANA name of a time zone, such as Asia/Shanghai)",
        "password-sha256|sesame|: (expected: 64 hexadecimal digits of SHA-256, bcrypt of cost 4 to 12, or Argon2id of at most 16 lanes whose MiB times passes are at most 128)",
      })
  void of_refusesWrongValuesOfLiveget_andNoSecretIsInTheMessage(
      String key, String value, String message) {
    assertThatThrownBy(() -> mount(List.of(Map.of("contract", "liveget", key, value))))
        .isInstanceOf(SettingsException.class)
        .hasMessage("contracts[0]." + key + message);
  }

  @Test
  void of_refusesWrongLists() {
    for (List<?> prefixes : List.of(List.of(), List.of("/x/"), List.of("x"), List.of("", ""))) {
      assertThatThrownBy(() -> mount(List.of(Map.of("contract", "chatot", "prefixes", prefixes))))
          .isInstanceOf(SettingsException.class)
          .hasMessageStartingWith("contracts[0].prefixes: ");
    }
    for (List<?> scopes : List.of(List.of("a b"), List.of(1), List.of(""))) {
      assertThatThrownBy(
              () -> mount(List.of(Map.of("contract", "chatot", "default-scopes", scopes))))
          .isInstanceOf(SettingsException.class)
          .hasMessageStartingWith("contracts[0].default-scopes: ");
    }
  }

  @Test
  void of_refusesUnknownContractsAndKeys() {
    assertThatThrownBy(() -> mount(List.of(Map.of("contract", "chatter"))))
        .hasMessage(
            "contracts[0].contract: chatter"
                + " (expected: animeloop or chatot or lanying or liveget or thinksns)");
    assertThatThrownBy(() -> mount(List.of(Map.of("realm", "default"))))
        .hasMessageStartingWith("contracts[0].contract: ");
    assertThatThrownBy(() -> mount(List.of(Map.of("contract", "chatot", "life-time", "2h"))))
        .hasMessage("contracts[0].life-time: chatot has no such setting");
  }

  @Test
  void of_refusesTwoInstancesOfOneName_inOneRealm() {
    assertThatThrownBy(
            () ->
                mount(
                    List.of(
                        Map.of("contract", "chatot"),
                        Map.of("contract", "chatot", "prefixes", List.of("/x")))))
        .hasMessageStartingWith("contracts[1].name: chatot (expected: another name");
    assertThat(
            mount(
                List.of(
                    Map.of("contract", "chatot"),
                    Map.of("contract", "chatot", "realm", "b", "prefixes", List.of("/x")))))
        .hasSize(2);
  }

  @Test
  void of_refusesTwoInstancesOfOneContract_underOnePrefix() {
    assertThatThrownBy(
            () ->
                mount(
                    List.of(
                        Map.of("contract", "chatot"),
                        Map.of("contract", "chatot", "name", "b", "prefixes", List.of("/x", "")))))
        .hasMessageStartingWith("contracts[1].prefixes: \"\" (expected: another prefix");
  }

  @Test
  void secret_isReadByReference_andNeverShown() {
    InstanceSettings settings =
        new InstanceSettings(
            "contracts[0]",
            Map.of(
                "contract", "chatot",
                "clear", "sesame",
                "reference", "env:SESAME",
                "wrong", Arrays.asList("sesame")),
            reference -> "resolved " + reference);
    assertThat(settings.secret("clear")).contains("sesame");
    assertThat(settings.secret("reference")).contains("resolved env:SESAME");
    assertThat(settings.secret("absent")).isEmpty();
    assertThatThrownBy(() -> settings.secret("wrong"))
        .hasMessage("contracts[0].wrong: (expected: a text, env:NAME or file:PATH)");
  }

  @Test
  void secrets_areReadByReference_andNeverShown() {
    InstanceSettings settings =
        new InstanceSettings(
            "contracts[0]",
            Map.of(
                "contract",
                "animeloop",
                "two",
                List.of("sesame", "env:SESAME"),
                "empty",
                List.of("env:EMPTY"),
                "single",
                "sesame",
                "wrong",
                List.of(List.of("sesame"))),
            reference -> reference.equals("env:EMPTY") ? "" : "resolved " + reference);
    assertThat(settings.secrets("two")).containsExactly("sesame", "resolved env:SESAME");
    assertThat(settings.secrets("absent")).isEmpty();
    for (String name : List.of("empty", "single", "wrong")) {
      assertThatThrownBy(() -> settings.secrets(name))
          .hasMessage(
              "contracts[0]."
                  + name
                  + ": (expected: a list of texts that are not empty, env:NAME or file:PATH)");
    }
  }

  @Test
  void of_refusesWrongOrigins() {
    for (List<?> origins :
        List.of(List.of("animeloop.org"), List.of("https://a/b"), List.of("*"), List.of(1))) {
      assertThatThrownBy(() -> mount(List.of(Map.of("contract", "animeloop", "origins", origins))))
          .isInstanceOf(SettingsException.class)
          .hasMessageStartingWith("contracts[0].origins: ");
    }
    assertThat(
            mount(
                List.of(
                    Map.of(
                        "contract",
                        "animeloop",
                        "session-secrets",
                        List.of("a", "b"),
                        "origins",
                        List.of("any", "https://animeloop.org:8443"),
                        "get-changes",
                        false))))
        .hasSize(1);
  }

  private static List<Mounted> mount(List<Map<String, Object>> contracts) {
    InstantSource clock = InstantSource.system();
    return Instances.of(contracts, reference -> reference).mount(new FakeCore(clock), clock);
  }
}
