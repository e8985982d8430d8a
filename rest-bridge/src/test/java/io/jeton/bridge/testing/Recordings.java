package io.jeton.bridge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The recorded cases of a contract: the files {@code contracts/NAME/cases/*.json} of this module's
 * tests, and {@code contracts/NAME/rules.json}, which says what they must show. Blocks.
 */
public final class Recordings {
  private static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private Recordings() {}

  /** A test for every case, on worlds of the given kind. */
  public static Stream<DynamicTest> tests(String contract, World.Factory worlds)
      throws IOException {
    Map<String, Recording> cases = all(contract);
    assertThat(cases).as("recorded cases of %s", contract).isNotEmpty();
    return cases.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(each.getKey(), () -> Replay.play(each.getValue(), worlds)));
  }

  /** Fails if a rule has no case, or a case shows a rule that there is not. */
  public static void requireEveryRuleShown(String contract) throws IOException {
    Set<String> shown = new TreeSet<>();
    all(contract).values().forEach(each -> shown.addAll(each.shows()));
    assertThat(shown).isEqualTo(new TreeSet<>(rules(contract).keySet()));
  }

  /** The rules of a contract in our own words, by their ids. */
  public static Map<String, String> rules(String contract) throws IOException {
    try (InputStream in =
        Recordings.class.getResourceAsStream("/contracts/" + contract + "/rules.json")) {
      return new TreeMap<>(
          JSON.readValue(Objects.requireNonNull(in), new TypeReference<Map<String, String>>() {}));
    }
  }

  /** All cases by their file names, without the ending. */
  public static Map<String, Recording> all(String contract) throws IOException {
    URI folder;
    try {
      folder =
          Objects.requireNonNull(Recordings.class.getResource("/contracts/" + contract + "/cases"))
              .toURI();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    if (!folder.getScheme().equals("jar")) {
      return read(Path.of(folder));
    }
    try (FileSystem jar = FileSystems.newFileSystem(folder, Map.of())) {
      return read(jar.getPath("/contracts/" + contract + "/cases"));
    }
  }

  private static Map<String, Recording> read(Path folder) throws IOException {
    Map<String, Recording> recordings = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replaceFirst("\\.json$", "");
        recordings.put(name, JSON.readValue(Files.readString(file), Recording.class));
      }
    }
    return recordings;
  }
}
