package io.jeton.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import io.jeton.v1.CreateApplicationRequest;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.GetModuleRequest;
import io.jeton.v1.PutSubModuleRequest;
import io.jeton.v1.SubModule;
import io.jeton.v1.UpdateApplicationRequest;
import io.jeton.v1.UpdateModuleRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryCommandsTest {
  private static final Timestamp IN_2030 = Timestamp.newBuilder().setSeconds(1893456000).build();

  private final FakeJeton server = new FakeJeton();
  private final Run run = Run.against(server);

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void moduleCreate_sendsEverything_andShowsTheModule() {
    Run.Result result =
        run.jeton(
            "module create demo --realm shop --identification ident --disabled --sub-module a=b=2030-01-01T00:00:00Z --sub-module kid --expires-at 2030-01-01T00:00:00Z"
                .split(" "));

    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(server.seen)
        .containsExactly(
            CreateModuleRequest.newBuilder()
                .setRealm("shop")
                .setName("demo")
                .setIdentification("ident")
                .setDisabled(true)
                .setExpireTime(IN_2030)
                .addSubModules(SubModule.newBuilder().setName("a=b").setExpireTime(IN_2030))
                .addSubModules(SubModule.newBuilder().setName("kid"))
                .build());
    assertThat(result.out())
        .contains("identification: ident-demo\n")
        .contains("expires:        2030-01-01T00:00:00Z\n")
        .endsWith("SUB-MODULE  EXPIRES\nkid         never\n");
  }

  @Test
  void moduleGet_asksByNameOrIdentification_butNotByBoth() {
    Run.Result json = run.jeton("module", "get", "demo", "--json");
    run.jeton("module", "get", "--identification", "ident", "--realm", "shop");
    Run.Result both = run.jeton("module", "get", "demo", "--identification", "ident");

    assertThat(json.out())
        .startsWith("{\"realm\":\"default\",\"name\":\"demo\",\"identification\":\"ident-demo\",")
        .contains("\"expire_time\":\"2030-01-01T00:00:00Z\",\"disabled\":false,")
        .contains("\"sub_modules\":[{\"name\":\"kid\",\"expire_time\":null}]");
    assertThat(server.seen)
        .containsExactly(
            GetModuleRequest.newBuilder().setName("demo").build(),
            GetModuleRequest.newBuilder().setRealm("shop").setIdentification("ident").build());
    assertThat(both.exit()).isEqualTo(2);
  }

  @Test
  void moduleList_followsPages_upToTheLimit() {
    Run.Result all = run.jeton("module", "list");
    Run.Result one = run.jeton("module", "list", "--limit", "1", "--json");

    assertThat(all.out())
        .isEqualTo(
            """
            NAME  IDENTIFICATION  STATE   EXPIRES               SUB-MODULES
            demo  ident-demo      active  2030-01-01T00:00:00Z  kid
            two   ident-demo      active  2030-01-01T00:00:00Z  -
            """);
    assertThat(one.out()).hasLineCount(1);
  }

  @Test
  void moduleUpdate_sendsWhatIsGiven() {
    run.jeton("module", "update", "demo", "--set-identification", "new", "--never-expires");
    run.jeton("module", "update", "demo", "--expires-at", "2030-01-01T00:00:00Z");
    Run.Result disabled = run.jeton("module", "disable", "demo");
    Run.Result enabled = run.jeton("module", "enable", "demo");
    Run.Result both =
        run.jeton(
            "module", "update", "demo", "--never-expires", "--expires-at", "2030-01-01T00:00:00Z");

    assertThat(server.seen).hasSize(4);
    UpdateModuleRequest first = (UpdateModuleRequest) server.seen.get(0);
    assertThat(first.getIdentification()).isEqualTo("new");
    assertThat(first.hasNever()).isTrue();
    assertThat(first.hasDisabled()).isFalse();
    assertThat(server.seen.get(1))
        .isEqualTo(UpdateModuleRequest.newBuilder().setName("demo").setExpireTime(IN_2030).build());
    assertThat(disabled.out()).contains("state:          disabled\n").contains("never");
    assertThat(enabled.out()).contains("state:          active\n");
    assertThat(both.exit()).isEqualTo(2);
  }

  @Test
  void subModule_isSent_withItsEndOrNone() {
    run.jeton("module", "sub-module", "demo", "trial", "--expires-at", "2030-01-01T00:00:00Z");
    Run.Result second = run.jeton("module", "sub-module", "demo", "full", "--realm", "shop");

    assertThat(server.seen)
        .containsExactly(
            PutSubModuleRequest.newBuilder()
                .setModule("demo")
                .setSubModule(SubModule.newBuilder().setName("trial").setExpireTime(IN_2030))
                .build(),
            PutSubModuleRequest.newBuilder()
                .setRealm("shop")
                .setModule("demo")
                .setSubModule(SubModule.newBuilder().setName("full"))
                .build());
    assertThat(second.out()).contains("trial").contains("full");
  }

  @Test
  void appCreate_readsTheKey_whereItIs() throws Exception {
    Path file = Files.writeString(directory.resolve("key"), "the key\n");
    run.env.put("KEY", "the key");
    run.in = "the key\n";

    for (String source : new String[] {"-", "env:KEY", "file:" + file}) {
      server.seen.clear();
      Run.Result result =
          run.jeton("app", "create", "maxim", "--encrypt-type", "1", "--access-key", source);

      assertThat(result.exit()).isZero();
      CreateApplicationRequest request = (CreateApplicationRequest) server.seen.get(0);
      assertThat(request.getAppId()).isEqualTo("maxim");
      assertThat(request.getEncryptType()).isEqualTo(1);
      assertThat(request.getAccessKeySecret()).isEqualTo("the key");
    }
  }

  @Test
  void appCreate_takesNoKeyAsAnArgument_andRepeatsNone() {
    Run.Result result = run.jeton("app", "create", "maxim", "--access-key", "s3cr3t");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo("error: an access key is given as - (standard input), env:NAME or file:PATH\n");
    assertThat(server.seen).isEmpty();
  }

  @Test
  void appGet_showsSecrets_onlyWhenTheyAreAskedFor() {
    Run.Result plain = run.jeton("app", "get", "welovemaxim");
    Run.Result revealed = run.jeton("app", "get", "welovemaxim", "--reveal");
    Run.Result json = run.jeton("app", "get", "welovemaxim", "--reveal", "--json");

    assertThat(plain.out()).contains("app_id:       welovemaxim\n").doesNotContain("secret");
    assertThat(revealed.out())
        .contains("access_key_secret: made-access-key\n")
        .contains("push_secret:       made-push-secret\n");
    assertThat(json.out())
        .contains("\"access_key_secret\":\"made-access-key\",\"push_secret\":\"made-push-secret\"");
  }

  @Test
  void appUpdate_sendsWhatIsGiven() {
    run.in = "new key\n";
    run.jeton("app", "update", "maxim", "--public-key=", "--access-key", "-", "--realm", "shop");
    Run.Result disabled = run.jeton("app", "disable", "maxim");
    Run.Result enabled = run.jeton("app", "enable", "maxim");

    assertThat(server.seen)
        .containsExactly(
            UpdateApplicationRequest.newBuilder()
                .setRealm("shop")
                .setAppId("maxim")
                .setPublicKey("")
                .setAccessKeySecret("new key")
                .build(),
            UpdateApplicationRequest.newBuilder().setAppId("maxim").setDisabled(true).build(),
            UpdateApplicationRequest.newBuilder().setAppId("maxim").setDisabled(false).build());
    assertThat(disabled.out()).contains("state:        disabled\n");
    assertThat(enabled.out()).contains("state:        active\n");
  }

  @Test
  void appList_showsOneARow() {
    assertThat(run.jeton("app", "list").out())
        .isEqualTo(
            """
            APP          STATE   ENCRYPT_TYPE  CREATED
            welovemaxim  active  1             1970-01-01T00:00:00Z
            """);
  }

  @Test
  void refusal_isTold() {
    server.refuse(Code.NOT_FOUND, "MODULE_NOT_FOUND", "the realm has no such module");

    Run.Result result = run.jeton("module", "get", "nothing");

    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err()).isEqualTo("error: the realm has no such module (MODULE_NOT_FOUND)\n");
  }
}
