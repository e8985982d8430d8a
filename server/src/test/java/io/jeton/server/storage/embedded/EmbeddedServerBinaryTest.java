package io.jeton.server.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedServerBinaryTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({
    "sbin, share/mysql, mariadb_",
    "sbin, share/mysql, mysql_",
    "bin, share/mariadb, mariadb_",
    "libexec, share/mariadb, mysql_",
    "bin, share, mariadb_"
  })
  void installed_findsItsFiles(String bin, String share, String prefix) throws Exception {
    Path usr = temporary.toRealPath().resolve("usr");
    Path executable = executable(usr.resolve(bin).resolve("mariadbd"));
    for (String name :
        new String[] {"system_tables.sql", "performance_tables.sql", "system_tables_data.sql"}) {
      file(usr.resolve(share).resolve(prefix + name));
    }
    Path link = Files.createSymbolicLink(temporary.resolve("mysqld"), executable);
    ServerBinary binary = ServerBinary.locate(settings(link));
    assertThat(binary).isEqualTo(new ServerBinary(executable, usr, usr.resolve(share)));
    assertThat(binary.systemTables())
        .containsExactly(
            usr.resolve(share).resolve(prefix + "system_tables.sql"),
            usr.resolve(share).resolve(prefix + "performance_tables.sql"),
            usr.resolve(share).resolve(prefix + "system_tables_data.sql"));
  }

  @Test
  void installed_withoutItsFiles_isRefused() throws Exception {
    Path executable = executable(temporary.resolve("usr/sbin/mariadbd"));
    assertThatThrownBy(() -> ServerBinary.locate(settings(executable)))
        .isInstanceOf(EmbeddedDatabaseException.class)
        .hasMessageContaining("embedded.binary: " + executable)
        .hasMessageContaining("expected: mariadb_system_tables.sql in ");
  }

  @Test
  void installed_thatIsAbsentOrNotExecutable_isRefused() throws Exception {
    Path absent = temporary.resolve("usr/sbin/mariadbd");
    assertThatThrownBy(() -> ServerBinary.locate(settings(absent)))
        .hasMessage(
            "embedded.binary: " + absent + " (expected: the path of an installed mariadbd)");
    Path text = file(temporary.resolve("etc/mariadbd"));
    assertThatThrownBy(() -> ServerBinary.locate(settings(text)))
        .hasMessage("embedded.binary: " + text + " (expected: an executable mariadbd)");
  }

  private EmbeddedDatabaseSettings settings(Path binary) {
    return new EmbeddedDatabaseSettings(
        temporary,
        temporary.resolve("absent"),
        Optional.of(binary),
        32L << 20,
        50,
        Duration.ofSeconds(60));
  }

  private static Path file(Path path) throws IOException {
    Files.createDirectories(path.getParent());
    return Files.createFile(path);
  }

  private static Path executable(Path path) throws IOException {
    return Files.setPosixFilePermissions(file(path), PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
