package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.jeton.server.storage.Race;
import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.CreateModuleRequest;
import io.jeton.v1.GetModuleRequest;
import io.jeton.v1.Grant;
import io.jeton.v1.ListModulesRequest;
import io.jeton.v1.ListModulesResponse;
import io.jeton.v1.Module;
import io.jeton.v1.ModuleServiceGrpc.ModuleServiceBlockingStub;
import io.jeton.v1.Never;
import io.jeton.v1.Permission;
import io.jeton.v1.PutSubModuleRequest;
import io.jeton.v1.SubModule;
import io.jeton.v1.UpdateModuleRequest;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code jeton.v1.ModuleService}, on a whole node. */
class ModuleServiceTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final Timestamp THEN = Timestamp.newBuilder().setSeconds(1_900_000_000).build();

  @Test
  void create_answersTheModule_thatGetAndListShow() {
    CreateModuleRequest request =
        CreateModuleRequest.newBuilder()
            .setName("Made")
            .setIdentification("ident-made")
            .setExpireTime(THEN)
            .setDisabled(true)
            .addSubModules(part("kid", THEN))
            .addSubModules(SubModule.newBuilder().setName("Adult"))
            .build();

    Module made = modules().createModule(request).getModule();

    assertThat(made.getRealm()).isEqualTo("default");
    assertThat(made.getName()).isEqualTo("Made");
    assertThat(made.getIdentification()).isEqualTo("ident-made");
    assertThat(made.getExpireTime()).isEqualTo(THEN);
    assertThat(made.getDisabled()).isTrue();
    assertThat(made.getSubModulesList())
        .containsExactly(SubModule.newBuilder().setName("Adult").build(), part("kid", THEN));
    assertThat(made.hasCreateTime()).isTrue();
    assertThat(made.getUpdateTime()).isEqualTo(made.getCreateTime());
    assertThat(get("ＭＡＤＥ")).isEqualTo(made);
    assertThat(byIdentification("ident-made")).isEqualTo(made);
    assertThat(list("default", 100)).contains(made);
    assertThat(list("third", 100)).doesNotContain(made);
    assertKind("NOT_FOUND MODULE_NOT_FOUND", () -> byIdentification("IDENT-MADE"));
    assertKind(
        "NOT_FOUND MODULE_NOT_FOUND",
        () ->
            modules()
                .getModule(
                    GetModuleRequest.newBuilder().setRealm("other").setName("Made").build()));
  }

  @Test
  void create_refusesWhatIsTaken_andSaysTheField() {
    create("taken", "ident-taken");

    Failure name = Failure.of(() -> create("TAKEN", "ident-free"));
    Failure identification = Failure.of(() -> create("free", "ident-taken"));

    assertThat(name.kind()).isEqualTo("ALREADY_EXISTS MODULE_EXISTS");
    assertThat(name.metadata()).containsEntry("field", "name");
    assertThat(identification.kind()).isEqualTo("ALREADY_EXISTS MODULE_EXISTS");
    assertThat(identification.metadata()).containsEntry("field", "identification");
  }

  @Test
  void create_refusesWhatIsNoModule_andRepeatsNothing() {
    CreateModuleRequest.Builder request =
        CreateModuleRequest.newBuilder().setName("bad").setIdentification("ident-bad");
    SubModule kid = SubModule.newBuilder().setName("kid").build();
    SubModule canary = SubModule.newBuilder().setName("ＫＩＤ").build();

    assertField("name", request.clone().clearName());
    assertField("name", request.clone().setName("n".repeat(256)));
    assertField("name", request.clone().setName("ﷺ".repeat(255)));
    assertField("identification", request.clone().clearIdentification());
    assertField(
        "expire_time",
        request.clone().setExpireTime(Timestamp.newBuilder().setSeconds(-62_135_596_801L)));
    assertField("expire_time", request.clone().setExpireTime(Timestamp.newBuilder().setNanos(-1)));
    assertField("sub_modules[0].name", request.clone().addSubModules(part("Default", THEN)));
    assertField("sub_modules[0].name", request.clone().addSubModules(part("ｄｅｆａｕｌｔ", THEN)));
    assertField("sub_modules[1].name", request.clone().addSubModules(kid).addSubModules(canary));
    CreateModuleRequest.Builder many = request.clone();
    for (int i = 0; i <= 1000; i++) {
      many.addSubModules(SubModule.newBuilder().setName("s" + i));
    }
    assertField("sub_modules", many);
    assertKind("NOT_FOUND MODULE_NOT_FOUND", () -> get("bad"));
    assertThat(
            Failure.of(
                    () -> modules().createModule(request.clone().setName("ﷺ".repeat(255)).build()))
                .message())
        .doesNotContain("ﷺ");
  }

  @Test
  void get_refusesWhatNamesNoModule() {
    assertThat(Failure.of(() -> modules().getModule(GetModuleRequest.getDefaultInstance())).kind())
        .isEqualTo("INVALID_ARGUMENT FIELD_INVALID");
    assertThat(Failure.of(() -> get("n".repeat(256))).fields()).containsExactly("name");
    assertThat(Failure.of(() -> byIdentification("n".repeat(256))).fields())
        .containsExactly("identification");
    assertKind("NOT_FOUND MODULE_NOT_FOUND", () -> get(""));
    assertKind(
        "NOT_FOUND REALM_NOT_FOUND",
        () ->
            modules()
                .getModule(GetModuleRequest.newBuilder().setRealm("nowhere").setName("n").build()));
  }

  @Test
  void create_letsOneWin_ofManyAtOnce() throws Exception {
    var outcomes = Race.run(16, n -> () -> create("raced", "ident-raced-" + n));

    assertThat(outcomes).filteredOn(Race.Outcome::isWon).hasSize(1);
    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.isWon())
        .allSatisfy(
            outcome ->
                assertThat(
                        Failure.of(
                                () -> {
                                  throw outcome.thrown();
                                })
                            .kind())
                    .isEqualTo("ALREADY_EXISTS MODULE_EXISTS"));
  }

  @Test
  void update_changesAndIsSeenAtOnce() {
    Module made = create("changed", "ident-changed");

    Module ended = update(UpdateModuleRequest.newBuilder().setName("CHANGED").setExpireTime(THEN));
    Module disabled = update(UpdateModuleRequest.newBuilder().setName("changed").setDisabled(true));
    Module renamed =
        update(
            UpdateModuleRequest.newBuilder()
                .setName("changed")
                .setNever(Never.getDefaultInstance())
                .setIdentification("ident-changed-2")
                .setDisabled(false));

    assertThat(made.hasExpireTime()).isFalse();
    assertThat(ended.getExpireTime()).isEqualTo(THEN);
    assertThat(disabled.getDisabled()).isTrue();
    assertThat(disabled.getExpireTime()).isEqualTo(THEN);
    assertThat(renamed.hasExpireTime()).isFalse();
    assertThat(renamed.getDisabled()).isFalse();
    assertThat(get("changed")).isEqualTo(renamed);
    assertThat(byIdentification("ident-changed-2")).isEqualTo(renamed);
    assertKind("NOT_FOUND MODULE_NOT_FOUND", () -> byIdentification("ident-changed"));
    create("changed-too", "ident-changed-too");
    Failure taken =
        Failure.of(
            () ->
                update(
                    UpdateModuleRequest.newBuilder()
                        .setName("changed")
                        .setIdentification("ident-changed-too")));
    assertThat(taken.metadata()).containsEntry("field", "identification");
    assertKind(
        "NOT_FOUND MODULE_NOT_FOUND",
        () -> update(UpdateModuleRequest.newBuilder().setName("nothing")));
  }

  @Test
  void putSubModule_addsAndChanges_andRefusesTheModuleItself() {
    create("parted", "ident-parted");

    Module added = put("Parted", SubModule.newBuilder().setName("Kid").build());
    Module changed = put("parted", part("KID", THEN));

    assertThat(added.getSubModulesList())
        .containsExactly(SubModule.newBuilder().setName("Kid").build());
    assertThat(changed.getSubModulesList()).containsExactly(part("Kid", THEN));
    assertThat(get("parted")).isEqualTo(changed);
    assertThat(Failure.of(() -> put("parted", part("DEFAULT", THEN))).fields())
        .containsExactly("sub_module.name");
    assertThat(
            Failure.of(
                    () ->
                        modules()
                            .putSubModule(
                                PutSubModuleRequest.newBuilder().setModule("parted").build()))
                .fields())
        .containsExactly("sub_module");
    assertKind("NOT_FOUND MODULE_NOT_FOUND", () -> put("nothing", part("kid", THEN)));
  }

  @Test
  void list_givesEveryModuleOnce_pageByPage() {
    for (int i = 0; i < 7; i++) {
      var unused =
          modules()
              .createModule(
                  CreateModuleRequest.newBuilder()
                      .setRealm("third")
                      .setName("paged-" + i)
                      .setIdentification("ident-paged-" + i)
                      .build());
    }

    assertThat(list("third", 2)).isEqualTo(list("third", 100)).hasSizeGreaterThanOrEqualTo(7);
    String token =
        modules()
            .listModules(ListModulesRequest.newBuilder().setRealm("third").setPageSize(1).build())
            .getNextPageToken();
    assertThat(
            Failure.of(
                    () ->
                        modules()
                            .listModules(
                                ListModulesRequest.newBuilder().setPageToken(token).build()))
                .fields())
        .containsExactly("page_token");
  }

  @Test
  void calls_needAdmin_butGetNeedsVerify() {
    create("allowed", "ident-allowed");
    String verifier = caller("modules-verify", Permission.PERMISSION_VERIFY);
    String issuer = caller("modules-issue", Permission.PERMISSION_ISSUE);

    assertThat(
            modules(verifier)
                .getModule(GetModuleRequest.newBuilder().setName("allowed").build())
                .getModule()
                .getName())
        .isEqualTo("allowed");
    List<ThrowingCallable> refused = new ArrayList<>();
    refused.add(
        () -> modules(issuer).getModule(GetModuleRequest.newBuilder().setName("allowed").build()));
    refused.add(
        () ->
            modules(verifier)
                .createModule(
                    CreateModuleRequest.newBuilder().setName("n").setIdentification("i").build()));
    refused.add(() -> modules(verifier).listModules(ListModulesRequest.getDefaultInstance()));
    refused.add(
        () ->
            modules(verifier).updateModule(UpdateModuleRequest.newBuilder().setName("n").build()));
    refused.add(
        () ->
            modules(verifier)
                .putSubModule(
                    PutSubModuleRequest.newBuilder()
                        .setModule("allowed")
                        .setSubModule(part("kid", THEN))
                        .build()));
    refused.forEach(call -> assertKind("PERMISSION_DENIED PERMISSION_MISSING", call));
  }

  private static ModuleServiceBlockingStub modules() {
    return modules(node.adminKey());
  }

  private static ModuleServiceBlockingStub modules(String key) {
    return node.modules(key);
  }

  private static Module create(String name, String identification) {
    return modules()
        .createModule(
            CreateModuleRequest.newBuilder()
                .setName(name)
                .setIdentification(identification)
                .build())
        .getModule();
  }

  private static Module get(String name) {
    return modules().getModule(GetModuleRequest.newBuilder().setName(name).build()).getModule();
  }

  private static Module byIdentification(String identification) {
    return modules()
        .getModule(GetModuleRequest.newBuilder().setIdentification(identification).build())
        .getModule();
  }

  private static Module update(UpdateModuleRequest.Builder request) {
    return modules().updateModule(request.build()).getModule();
  }

  private static Module put(String module, SubModule subModule) {
    return modules()
        .putSubModule(
            PutSubModuleRequest.newBuilder().setModule(module).setSubModule(subModule).build())
        .getModule();
  }

  private static List<Module> list(String realm, int size) {
    List<Module> all = new ArrayList<>();
    String token = "";
    do {
      ListModulesResponse page =
          modules()
              .listModules(
                  ListModulesRequest.newBuilder()
                      .setRealm(realm)
                      .setPageSize(size)
                      .setPageToken(token)
                      .build());
      assertThat(page.getModulesCount()).isLessThanOrEqualTo(size);
      all.addAll(page.getModulesList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  private static SubModule part(String name, Timestamp expireTime) {
    return SubModule.newBuilder().setName(name).setExpireTime(expireTime).build();
  }

  private static void assertField(String field, CreateModuleRequest.Builder request) {
    Failure failure = Failure.of(() -> modules().createModule(request.build()));
    assertThat(failure.kind()).isEqualTo("INVALID_ARGUMENT FIELD_INVALID");
    assertThat(failure.fields()).containsExactly(field);
  }

  private static void assertKind(String kind, ThrowingCallable call) {
    assertThat(Failure.of(call).kind()).isEqualTo(kind);
  }

  private static String caller(String name, Permission... permissions) {
    return node.callers()
        .createCaller(
            CreateCallerRequest.newBuilder()
                .setName(name)
                .addGrants(
                    Grant.newBuilder().setRealm("default").addAllPermissions(List.of(permissions)))
                .build())
        .getKey();
  }
}
