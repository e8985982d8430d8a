package io.jeton.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.DestroySessionRequest;
import io.jeton.v1.GetSessionRequest;
import io.jeton.v1.UpdateSessionRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionCommandsTest {
  private final FakeJeton server = new FakeJeton();
  private final Run run = Run.against(server);

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void create_printsTheSidAlone_andTheRestToStandardError() throws Exception {
    Path data = Files.writeString(directory.resolve("data.json"), "{\"cart\" : [1]}\n");
    run.in = "my sid\n";

    Run.Result result =
        run.jeton(
            "session",
            "create",
            "--sid=-",
            "--account=7",
            "--data",
            data.toString(),
            "--realm=shop",
            "--expires-in=30h");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo(FakeJeton.MADE + "\n");
    assertThat(result.err()).contains("id:      3\n").contains("expires: 1970-01-01T00:00:02Z\n");
    assertThat(server.seen)
        .containsExactly(
            CreateSessionRequest.newBuilder()
                .setRealm("shop")
                .setSid("my sid")
                .setAccountId("7")
                .setData("{\"cart\" : [1]}")
                .setLifetime(Duration.newBuilder().setSeconds(108_000))
                .build());
  }

  @Test
  void create_asJson_holdsTheSid_andReadsTheDataFromStandardInput() {
    run.in = "{\"a\":1}";

    Run.Result result =
        run.jeton("session", "create", "--data=-", "--expires-at=1970-01-01T00:00:09Z", "--json");

    assertThat(result.out())
        .startsWith("{\"id\":\"3\",\"realm\":\"default\",\"account_id\":\"7\",")
        .contains("\"data\":\"{\\\"cart\\\":[1]}\"")
        .contains("\"sid\":\"" + FakeJeton.MADE + "\"");
    assertThat(server.seen)
        .containsExactly(
            CreateSessionRequest.newBuilder()
                .setData("{\"a\":1}")
                .setExpireTime(Timestamp.newBuilder().setSeconds(9))
                .build());
  }

  @Test
  void create_needsAnEnd_andOneUseOfStandardInput() {
    assertThat(run.jeton("session", "create").exit()).isEqualTo(2);
    assertThat(run.jeton("session", "create", "--sid=-", "--data=-", "--expires-in=1h").exit())
        .isEqualTo(2);
    assertThat(run.jeton("session", "update", "-", "--data=-").exit()).isEqualTo(2);
    assertThat(server.seen).isEmpty();
  }

  @Test
  void data_isAtMost64KiB_ofUtf8_andInAFileThatIsThere() throws Exception {
    Path large = Files.writeString(directory.resolve("large"), "x".repeat((64 << 10) + 1));
    Path full = Files.writeString(directory.resolve("full"), "x".repeat(64 << 10) + "\r\n");
    Path bytes = Files.write(directory.resolve("bytes"), new byte[] {(byte) 0xff});
    String absent = directory.resolve("absent").toString();

    for (String file : new String[] {large.toString(), bytes.toString(), absent}) {
      assertThat(run.jeton("session", "create", "--data", file, "--expires-in=1h").exit())
          .isEqualTo(5);
    }
    assertThat(server.seen).isEmpty();
    assertThat(run.jeton("session", "create", "--data", full.toString(), "--expires-in=1h").exit())
        .isZero();
  }

  @Test
  void sid_isNeverTakenAsAnArgument_norRepeated() {
    for (String command : new String[] {"get", "update", "destroy"}) {
      Run.Result result = run.jeton("session", command, "S1D-canary");
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err()).doesNotContain("S1D-canary");
    }
    Run.Result create = run.jeton("session", "create", "--sid=S1D-canary", "--expires-in=1h");
    assertThat(create.exit()).isEqualTo(2);
    assertThat(create.err()).doesNotContain("S1D-canary");
    assertThat(server.seen).isEmpty();
  }

  @Test
  void get_showsTheSessionAndItsAccount() {
    run.env.put("SID", "my sid");

    Run.Result text = run.jeton("session", "get", "env:SID", "--realm=shop");
    Run.Result json = run.jeton("session", "get", "env:SID", "--realm=shop", "--json");

    assertThat(text.out())
        .contains("account: 7\n")
        .contains("data:    {\"cart\":[1]}\n")
        .contains("login:   seven\n")
        .contains("state:   active\n");
    assertThat(json.out()).contains("\"account\":{\"id\":\"7\"").hasLineCount(1);
    assertThat(server.seen)
        .containsOnly(GetSessionRequest.newBuilder().setRealm("shop").setSid("my sid").build());
  }

  @Test
  void list_showsOneSessionALine() {
    assertThat(run.jeton("session", "list", "--account=7").out())
        .isEqualTo(
            """
            ID  CREATED               EXPIRES
            3   1970-01-01T00:00:01Z  1970-01-01T00:00:02Z
            4   1970-01-01T00:00:01Z  1970-01-01T00:00:02Z
            """);
    assertThat(run.jeton("session", "list", "--account=7", "--limit=1", "--json").out())
        .isEqualTo(
            "{\"id\":\"3\",\"realm\":\"default\",\"account_id\":\"7\",\"data\":null,"
                + "\"create_time\":\"1970-01-01T00:00:01Z\","
                + "\"expire_time\":\"1970-01-01T00:00:02Z\"}\n");
    assertThat(run.jeton("session", "list").exit()).isEqualTo(2);
  }

  @Test
  void update_sendsWhatIsGivenAlone() {
    run.env.put("SID", "my sid");

    run.jeton("session", "update", "env:SID", "--account=8", "--expires-in=1h");
    run.in = "{}";
    run.jeton("session", "update", "env:SID", "--no-account", "--data=-");

    UpdateSessionRequest.Builder request = UpdateSessionRequest.newBuilder().setSid("my sid");
    assertThat(server.seen)
        .containsExactly(
            request
                .clone()
                .setAccountId("8")
                .setLifetime(Duration.newBuilder().setSeconds(3600))
                .build(),
            request.clone().setAccountId("").setData("{}").build());
  }

  @Test
  void destroy_saysWhetherThereWasOne() {
    run.in = "my sid\n";

    Run.Result bySid = run.jeton("session", "destroy", "-");
    Run.Result byId = run.jeton("session", "destroy", "--id=3", "--json");

    assertThat(bySid.exit()).isZero();
    assertThat(bySid.out()).isEqualTo("the session has ended\n");
    assertThat(byId.exit()).isEqualTo(1);
    assertThat(byId.out()).isEqualTo("{\"destroyed\":false}\n");
    assertThat(server.seen)
        .containsExactly(
            DestroySessionRequest.newBuilder().setSid("my sid").build(),
            DestroySessionRequest.newBuilder().setId("3").build());
    assertThat(run.jeton("session", "destroy").exit()).isEqualTo(2);
  }
}
