package io.jeton.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.GetAccountRequest;
import io.jeton.v1.UpdateAccountRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountCommandsTest {
  private final FakeJeton server = new FakeJeton();
  private final Run run = Run.against(server);

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void create_sendsWhatIsGiven_andShowsTheAccount() {
    run.in = "S3CRET\n";

    Run.Result result =
        run.jeton(
            "account",
            "create",
            "--realm",
            "shop",
            "--id",
            "7",
            "--name",
            "seven",
            "--email",
            "s@example.org",
            "--phone",
            "130",
            "--qq",
            "10001",
            "--profile",
            "{\"a\":1}",
            "--password",
            "-");

    assertThat(result)
        .isEqualTo(
            new Run.Result(
                0,
                """
                id:       7
                realm:    default
                name:     seven
                password: yes
                state:    active
                created:  1970-01-01T00:00:00Z
                updated:  1970-01-01T00:00:00Z
                """,
                ""));
    assertThat(server.seen)
        .containsExactly(
            CreateAccountRequest.newBuilder()
                .setRealm("shop")
                .setId("7")
                .setName("seven")
                .setEmail("s@example.org")
                .setPhone("130")
                .setQq("10001")
                .setProfile("{\"a\":1}")
                .setPassword("S3CRET")
                .build());
  }

  @Test
  void create_readsThePassword_fromTheEnvironmentOrAFile() throws Exception {
    run.env.put("HASH", "$2y$10$x");
    Path file = Files.writeString(directory.resolve("password"), "S3CRET\n");

    run.jeton("account", "create", "--password-hash", "env:HASH");
    run.jeton("account", "create", "--password", "file:" + file);
    run.jeton("account", "create");

    assertThat(server.seen)
        .containsExactly(
            CreateAccountRequest.newBuilder().setPasswordHash("$2y$10$x").build(),
            CreateAccountRequest.newBuilder().setPassword("S3CRET").build(),
            CreateAccountRequest.getDefaultInstance());
  }

  @Test
  void aPasswordInAFile_losesItsLineEndOnly() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), " S3CRET \t\r\n");

    run.jeton("account", "create", "--password", "file:" + file);

    assertThat(server.seen)
        .containsExactly(CreateAccountRequest.newBuilder().setPassword(" S3CRET \t").build());
  }

  @Test
  void aPasswordInAFile_isRefused_whenItIsNoText() throws Exception {
    Path file = directory.resolve("password");
    Files.write(file, new byte[] {'S', (byte) 0xff, '\n'});
    assertThat(run.jeton("account", "create", "--password", "file:" + file).err())
        .isEqualTo("error: " + file + " is not UTF-8\n");

    Files.write(file, new byte[] {'\n'});
    Run.Result empty = run.jeton("account", "create", "--password", "file:" + file);
    assertThat(empty.exit()).isEqualTo(5);
    assertThat(empty.err()).contains(file + " is empty");
    assertThat(server.seen).isEmpty();
  }

  @Test
  void aPasswordAsAnArgument_isRefused_andNotRepeated() {
    for (String[] args :
        new String[][] {
          {"account", "create", "--password", "S3CRET"},
          {"account", "create", "--password-hash", "S3CRET"},
          {"account", "update", "seven", "--password", "S3CRET"}
        }) {
      Run.Result result = run.jeton(args);
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err())
          .isEqualTo("error: a password is given as - (standard input), env:NAME or file:PATH\n");
    }
    assertThat(run.jeton("account", "create", "--password", "env:NONE").err())
        .isEqualTo("error: env:NONE is not set\n");
    Run.Result missing = run.jeton("account", "create", "--password", "file:/no/such");
    assertThat(missing.exit()).isEqualTo(5);
    assertThat(missing.err()).isEqualTo("error: cannot read /no/such: no such file\n");
    assertThat(run.jeton("account", "create", "--password", "-", "--password-hash", "-").exit())
        .isEqualTo(2);
    assertThat(server.seen).isEmpty();
  }

  @Test
  void get_namesTheAccount_byLoginOrId() {
    Run.Result shown = run.jeton("account", "get", "seven", "--json");
    run.jeton("account", "get", "--id", "7", "--realm", "shop");

    assertThat(shown.out())
        .isEqualTo(
            "{\"id\":\"7\",\"realm\":\"default\",\"name\":\"seven\",\"email\":null,"
                + "\"phone\":null,\"qq\":null,\"has_password\":false,\"disabled\":false,"
                + "\"banned\":false,\"profile\":\"{}\",\"create_time\":\"1970-01-01T00:00:00Z\","
                + "\"update_time\":\"1970-01-01T00:00:00Z\"}\n");
    GetAccountRequest.Builder byLogin = GetAccountRequest.newBuilder();
    byLogin.getAccountBuilder().setLogin("seven");
    GetAccountRequest.Builder byId = GetAccountRequest.newBuilder().setRealm("shop");
    byId.getAccountBuilder().setId("7");
    assertThat(server.seen).containsExactly(byLogin.build(), byId.build());
    assertThat(run.jeton("account", "get").exit()).isEqualTo(2);
    assertThat(run.jeton("account", "get", "seven", "--id", "7").exit()).isEqualTo(2);
  }

  @Test
  void list_isATable() {
    assertThat(run.jeton("account", "list").out())
        .isEqualTo(
            """
            ID  NAME   EMAIL  PHONE  QQ  STATE   CREATED
            7   seven  -      -      -   active  1970-01-01T00:00:00Z
            8   -      -      130    -   banned  1970-01-01T00:00:00Z
            """);
    assertThat(run.jeton("account", "list", "--limit", "1", "--json").out()).hasLineCount(1);
  }

  @Test
  void update_sendsWhatIsGiven_emptyTextsToo() {
    run.in = "S3CRET";

    Run.Result result =
        run.jeton(
            "account", "update", "--id", "7", "--set-name", "x", "--set-email=", "--password", "-");
    run.jeton("account", "update", "seven", "--no-password", "--set-phone", "1", "--set-qq", "2");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("revoked:  2 tokens\n");
    UpdateAccountRequest.Builder first =
        UpdateAccountRequest.newBuilder().setName("x").setEmail("").setPassword("S3CRET");
    first.getAccountBuilder().setId("7");
    UpdateAccountRequest.Builder second =
        UpdateAccountRequest.newBuilder().setPassword("").setPhone("1").setQq("2");
    second.getAccountBuilder().setLogin("seven");
    assertThat(server.seen).containsExactly(first.build(), second.build());
  }

  @Test
  void disableAndBan_andBack() {
    assertThat(run.jeton("account", "disable", "seven").out()).contains("state:    disabled\n");
    assertThat(run.jeton("account", "ban", "seven").out()).contains("state:    disabled, banned\n");
    assertThat(run.jeton("account", "enable", "seven").out()).contains("state:    banned\n");
    assertThat(run.jeton("account", "unban", "seven", "--json").out())
        .contains("\"banned\":false", "\"revoked\":2}");
  }

  @Test
  void aRefusal_isOneLine() {
    server.refuse(
        Code.ALREADY_EXISTS, "ACCOUNT_EXISTS", "another account of the realm has this name");

    Run.Result result = run.jeton("account", "create", "--name", "seven");

    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err())
        .isEqualTo("error: another account of the realm has this name (ACCOUNT_EXISTS)\n");
  }
}
