package io.jeton.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerCommandsTest {
  private final FakeJeton server = new FakeJeton();
  private final Run run = Run.against(server);

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void create_printsTheKeyAlone() {
    Run.Result result =
        run.jeton(
            "caller", "create", "mail", "--grant", "default:verify,list", "--grant", "*:admin");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("jt_svc_new\n");
    assertThat(result.err()).contains("grants:  default:verify,list *:admin\n");
  }

  @Test
  void create_writesTheKeyToAPrivateFile() throws Exception {
    Path file = directory.resolve("mail.key");

    Run.Result result =
        run.jeton("caller", "create", "mail", "--grant", "*:admin", "--key-out", file.toString());

    assertThat(result.exit()).isZero();
    assertThat(result.out() + result.err()).doesNotContain("jt_svc_new");
    assertThat(file).hasContent("jt_svc_new\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void create_asksForNoKey_thatItCannotKeep() throws Exception {
    Path file = Files.createFile(directory.resolve("mail.key"));

    Run.Result result =
        run.jeton("caller", "create", "mail", "--grant", "*:admin", "--key-out", file.toString());

    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.err()).isEqualTo("error: cannot create " + file + ": it exists already\n");
    assertThat(server.seen).isEmpty();
  }

  @Test
  void create_leavesNoFile_whenRefused() {
    server.refuse(Code.ALREADY_EXISTS, "CALLER_EXISTS", "the name is taken");
    Path file = directory.resolve("mail.key");

    Run.Result result =
        run.jeton("caller", "create", "mail", "--grant", "*:admin", "--key-out", file.toString());

    assertThat(result.exit()).isEqualTo(4);
    assertThat(file).doesNotExist();
  }

  @Test
  void createOffline_asksNoServer() {
    Path file = directory.resolve("again.key");
    Run.Result result =
        new Run()
            .jeton(
                ("caller create again --offline --grant *:admin --grant a:verify,sign=web"
                        + " --config c.yaml --data-dir d --key-out ")
                    .concat(file.toString())
                    .split(" "));

    assertThat(result.exit()).isZero();
    assertThat(file).hasContent("jt_svc_offline\n");
    assertThat(result.out() + result.err()).doesNotContain("jt_svc_offline");
    assertThat(result.err()).contains("grants:  *:admin a:verify,sign=web\n");
    assertThat(server.seen).isEmpty();
  }

  @Test
  void createOffline_handsOnWhatItWasGiven() {
    Run offline = new Run();
    offline.jeton("caller", "create", "again", "--offline", "--grant", "a:list,sign=web");

    assertThat(offline.started)
        .containsExactly(
            new Upkeep.CallerOptions(
                Optional.empty(),
                Optional.empty(),
                "again",
                List.of(new Upkeep.CallerGrant("a", List.of("LIST"), List.of("web")))));
  }

  @Test
  void createOffline_andAServer_doNotGoTogether() {
    Run.Result server =
        run.jeton("caller create a --offline --grant *:admin --server x".split(" "));
    Run.Result config = run.jeton("caller create a --grant *:admin --config x".split(" "));

    assertThat(server.exit()).isEqualTo(2);
    assertThat(server.err()).startsWith("error: --offline asks no server: leave out --server");
    assertThat(config.exit()).isEqualTo(2);
    assertThat(config.err()).startsWith("error: --config is for --offline");
    assertThat(run.started).isEmpty();
  }

  @Test
  void grant_saysWhatItExpects() {
    Run.Result none = run.jeton("caller", "create", "mail");
    Run.Result word = run.jeton("caller", "create", "mail", "--grant", "default:read");
    Run.Result realm = run.jeton("caller", "create", "mail", "--grant", "verify");

    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).startsWith("error: missing required option: '--grant=");
    assertThat(word.err())
        .contains(
            "'read' is not a permission (expected: verify, issue, revoke, list, login, reveal, admin or sign=KEY)");
    assertThat(realm.err()).contains("'verify' is not a grant");
  }

  @Test
  void grant_takesSigningKeys_andShowsThemAlike() {
    run.jeton("caller", "create", "mail", "--grant", "default:issue,sign=web,sign=*");

    assertThat(run.jeton("caller", "get", "mail").out())
        .contains("grants:  default:issue,sign=web,sign=*\n");
    assertThat(run.jeton("caller", "get", "mail", "--json").out())
        .contains("\"permissions\":[\"issue\"],\"sign_keys\":[\"web\",\"*\"]");
  }

  @Test
  void updateGetListAndDisable_showTheCaller() {
    run.jeton("caller", "create", "mail", "--grant", "*:admin");
    run.jeton("caller", "create", "shop", "--grant", "shop:issue");

    Run.Result updated = run.jeton("caller", "update", "mail", "--grant", "default:verify");
    Run.Result disabled = run.jeton("caller", "disable", "mail");
    Run.Result shown = run.jeton("caller", "get", "mail", "--json");
    Run.Result listed = run.jeton("caller", "list");

    assertThat(updated.out()).contains("grants:  default:verify\n");
    assertThat(disabled.out()).contains("disabled: 1970-01-01T00:00:01Z\n");
    assertThat(shown.out())
        .isEqualTo(
            "{\"name\":\"mail\",\"grants\":[{\"realm\":\"default\",\"permissions\":[\"verify\"],\"sign_keys\":[]}],"
                + "\"create_time\":\"1970-01-01T00:00:00Z\","
                + "\"disable_time\":\"1970-01-01T00:00:01Z\"}\n");
    assertThat(listed.out())
        .isEqualTo(
            """
            NAME  CREATED               DISABLED              GRANTS
            mail  1970-01-01T00:00:00Z  1970-01-01T00:00:01Z  default:verify
            shop  1970-01-01T00:00:00Z  -                     shop:issue
            """);
  }
}
