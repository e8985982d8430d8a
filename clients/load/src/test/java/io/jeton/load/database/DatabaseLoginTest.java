package io.jeton.load.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.load.child.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseLoginTest {
  @TempDir Path directory;

  @Test
  void login_printsWhere_andNoPassword() throws IOException {
    Path file = directory.resolve("client.cnf");
    Files.writeString(
        file, "[client]\nhost=127.0.0.1\nport=3307\nuser=jeton\npassword=hush\n\ndatabase=jeton\n");
    assertThat(DatabaseLogin.of(file)).hasToString("jdbc:mysql://127.0.0.1:3307/jeton");
  }

  @Test
  void login_saysWhatIsMissing() throws IOException {
    Path file = directory.resolve("client.cnf");
    Files.writeString(file, "host=127.0.0.1\nport=3307\ndatabase=jeton\nuser=jeton\n");
    assertThatThrownBy(() -> DatabaseLogin.of(file))
        .isInstanceOf(BenchException.class)
        .hasMessage(file + ": there is no password in it");
    assertThatThrownBy(() -> DatabaseLogin.of(directory.resolve("none")))
        .isInstanceOf(BenchException.class)
        .hasMessageEndingWith("none: cannot be read");
  }
}
