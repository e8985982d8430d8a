package io.jeton.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.storage.Race;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {
  @TempDir Path directory;

  @Test
  void readOrCreate_makesFile_thatOnlyItsOwnerReads() throws Exception {
    Path file = directory.resolve("master.key");
    MasterKey.readOrCreate(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).matches("[0-9a-f]{64}\n");
    assertThat(files()).containsExactly(file);
  }

  @Test
  void readOrCreate_readsTheSameKey_everAfter() throws Exception {
    Path file = directory.resolve("master.key");
    MasterKey made = MasterKey.readOrCreate(file);
    String text = Files.readString(file);

    assertThat(MasterKey.readOrCreate(file).bytes()).isEqualTo(made.bytes());
    assertThat(Files.readString(file)).isEqualTo(text);
    assertThat(files()).containsExactly(file);
  }

  @Test
  void readOrCreate_makesDifferentKeys_inDifferentFiles() throws Exception {
    assertThat(MasterKey.readOrCreate(directory.resolve("a")).bytes())
        .isNotEqualTo(MasterKey.readOrCreate(directory.resolve("b")).bytes());
  }

  @Test
  void readOrCreate_givesOneKey_toThreadsThatStartAtOnce() throws Exception {
    for (int round = 0; round < 20; round++) {
      Path file = directory.resolve("master" + round);
      List<Race.Outcome<byte[]>> keys =
          Race.run(4, n -> () -> MasterKey.readOrCreate(file).bytes());

      assertThat(keys).allSatisfy(key -> assertThat(key.value()).isEqualTo(keys.get(0).value()));
    }
    assertThat(files()).hasSize(20);
  }

  @Test
  void readOrCreate_refusesFile_thatHoldsNoKey_andKeepsIt() throws Exception {
    Path file = Files.writeString(directory.resolve("master.key"), "not a key");

    assertThatThrownBy(() -> MasterKey.readOrCreate(file))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Files.readString(file)).isEqualTo("not a key");
  }

  @Test
  void readOrCreate_fails_whereThereIsNoDirectory() {
    assertThatThrownBy(() -> MasterKey.readOrCreate(directory.resolve("absent/master.key")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void parse_readsDigitsOfEitherCase_andIgnoresSpaceAround() {
    assertThat(MasterKey.parse(" \n" + "aB".repeat(32) + "\r\n").bytes())
        .isEqualTo(MasterKey.parse("Ab".repeat(32)).bytes())
        .hasSize(32)
        .containsOnly(0xab);
  }

  @Test
  void parse_refusesAnythingElse_withoutShowingIt() {
    for (String text :
        List.of(
            "",
            "ab".repeat(31),
            "ab".repeat(33),
            "a".repeat(63),
            "zz".repeat(32),
            "ab".repeat(31) + "a ",
            // Digits too, to Character.digit.
            "\uFF11".repeat(64),
            "\u0661".repeat(64))) {
      assertThatThrownBy(() -> MasterKey.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a master key is 64 hexadecimal digits");
    }
  }

  @Test
  void toString_showsNothing() {
    assertThat(MasterKey.parse("ab".repeat(32))).hasToString("****");
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
