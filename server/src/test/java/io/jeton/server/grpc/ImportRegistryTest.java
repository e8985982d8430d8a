package io.jeton.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jeton.client.Application;
import io.jeton.client.ImportProblem;
import io.jeton.client.ImportResult;
import io.jeton.client.JetonClient;
import io.jeton.client.Module;
import io.jeton.client.ModuleChange;
import io.jeton.client.SubModule;
import io.jeton.client.records.ImportFile;
import io.jeton.server.testing.NodeExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Modules and applications of an import, on a whole node. */
class ImportRegistryTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final AtomicInteger REALMS = new AtomicInteger();
  private static final Instant THEN = Instant.parse("2030-01-01T00:00:00Z");

  private final String realm = "registry-" + REALMS.incrementAndGet();
  private final JetonClient client =
      JetonClient.builder().server(node.url()).key(node.adminKey()).build();

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void apply_addsModulesAndApplications_andAgainChangesNothing() throws Exception {
    String[] lines = {
      "{'type':'realm','realm':'R'}",
      "{'type':'module','realm':'R','name':'Demo','identification':'ident','expire_time':null,"
          + "'sub_modules':[{'name':'kid','expire_time':'2030-01-01T00:00:00Z'},{'name':'b'}]}",
      "{'type':'module','realm':'R','name':'off','identification':'off','disabled':true,"
          + "'expire_time':'2030-01-01T00:00:00Z'}",
      "{'type':'application','realm':'R','app_id':'maxim','encrypt_type':1,'public_key':'p',"
          + "'access_key_secret':'env:KEY'}",
      "{'type':'application','realm':'R','app_id':'random','disabled':true}",
    };

    assertThat(check(lines)).isEqualTo(counts(5, 0, 0));
    assertThat(apply(lines)).isEqualTo(counts(5, 0, 0));
    assertThat(apply(lines)).isEqualTo(counts(0, 0, 5));
    assertThat(check(lines)).isEqualTo(counts(0, 0, 5));
    Module demo = client.modules().get(realm, "demo");
    assertThat(demo.name()).isEqualTo("Demo");
    assertThat(demo.identification()).isEqualTo("ident");
    assertThat(demo.expireTime()).isEmpty();
    assertThat(demo.disabled()).isFalse();
    assertThat(demo.subModules())
        .containsExactly(
            new SubModule("b", Optional.empty()), new SubModule("kid", Optional.of(THEN)));
    Module off = client.modules().get(realm, "off");
    assertThat(off.disabled()).isTrue();
    assertThat(off.expireTime()).contains(THEN);
    Application maxim = client.applications().get(realm, "maxim");
    assertThat(maxim.encryptType()).isEqualTo(1);
    assertThat(maxim.publicKey()).isEqualTo("p");
    assertThat(client.applications().reveal(realm, "maxim").accessKey().reveal())
        .isEqualTo("from the environment");
    assertThat(client.applications().get(realm, "random").disabled()).isTrue();
    assertThat(client.applications().reveal(realm, "random").accessKey().reveal()).hasSize(32);
  }

  @Test
  void apply_changesWhatIsSaid_andKeepsTheRest() throws Exception {
    apply(
        "{'type':'realm','realm':'R'}",
        "{'type':'module','realm':'R','name':'demo','identification':'ident',"
            + "'sub_modules':[{'name':'kid'}]}",
        "{'type':'application','realm':'R','app_id':'maxim','encrypt_type':1}");
    Module unused =
        client.modules().update(realm, "demo", ModuleChange.builder().disabled(true).build());
    String pushSecret = client.applications().reveal(realm, "maxim").pushSecret().reveal();
    String[] lines = {
      "{'type':'module','realm':'R','name':'demo','identification':'new',"
          + "'expire_time':'2030-01-01T00:00:00Z'}",
      "{'type':'module','realm':'R','name':'demo','identification':'new',"
          + "'expire_time':'2030-01-01T00:00:00Z','sub_modules':[{'name':'KID'}]}",
      "{'type':'application','realm':'R','app_id':'maxim','access_key_secret':'given'}",
      "{'type':'application','realm':'R','app_id':'maxim','encrypt_type':1}",
    };

    assertThat(check(lines)).isEqualTo(counts(0, 2, 2));
    assertThat(apply(lines)).isEqualTo(counts(0, 2, 2));
    assertThat(apply(lines)).isEqualTo(counts(0, 0, 4));
    Module demo = client.modules().getByIdentification(realm, "new");
    assertThat(demo.disabled()).isTrue();
    assertThat(demo.expireTime()).contains(THEN);
    assertThat(demo.subModules()).containsExactly(new SubModule("kid", Optional.empty()));
    var maxim = client.applications().reveal(realm, "maxim");
    assertThat(maxim.accessKey().reveal()).isEqualTo("given");
    assertThat(maxim.pushSecret().reveal()).isEqualTo(pushSecret);
    assertThat(maxim.application().encryptType()).isEqualTo(1);
  }

  @Test
  void conflicts_areProblemsOfTheirLine() throws Exception {
    apply(
        "{'type':'realm','realm':'R'}",
        "{'type':'module','realm':'R','name':'one','identification':'ident-1'}");
    String[] lines = {
      "{'type':'module','realm':'R','name':'two','identification':'ident-2'}",
      "{'type':'module','realm':'R','name':'three','identification':'ident-1'}",
      "{'type':'module','realm':'R','name':'four','identification':'ident-2'}",
      "{'type':'module','realm':'R','name':'five','identification':'i5',"
          + "'sub_modules':[{'name':'default'}]}",
      "{'type':'module','realm':'R','name':'six','identification':'i6',"
          + "'sub_modules':[{'name':'a'},{'name':'A'}]}",
      "{'type':'application','realm':'R','app_id':'a b'}",
      "{'type':'application','realm':'nowhere-at-all','app_id':'a'}",
    };

    ImportResult checked = check(lines);

    assertThat(checked.problems())
        .extracting(ImportProblem::line, ImportProblem::field)
        .containsExactly(
            tuple(2L, "identification"),
            tuple(3L, "identification"),
            tuple(4L, "sub_modules[0].name"),
            tuple(5L, "sub_modules[1].name"),
            tuple(6L, "app_id"),
            tuple(7L, "realm"));
    assertThat(checked.created()).isEqualTo(1);
    ImportResult applied = apply(lines);
    assertThat(applied.created()).isEqualTo(1);
    assertThat(applied.problems())
        .containsExactly(new ImportProblem(2, "identification", "must not be another module's"));
  }

  @Test
  void identification_thatALineGivesUp_isFreeForALaterOne() throws Exception {
    apply(
        "{'type':'realm','realm':'R'}",
        "{'type':'module','realm':'R','name':'one','identification':'ident-1'}");
    String[] lines = {
      "{'type':'module','realm':'R','name':'one','identification':'ident-2'}",
      "{'type':'module','realm':'R','name':'two','identification':'ident-1'}",
    };

    assertThat(check(lines)).isEqualTo(counts(1, 1, 0));
    assertThat(apply(lines)).isEqualTo(counts(1, 1, 0));
  }

  private ImportResult apply(String... lines) throws IOException {
    return client.imports().apply(file(lines), n -> {});
  }

  private ImportResult check(String... lines) throws IOException {
    return client.imports().check(file(lines), n -> {});
  }

  /** Lines with single quotes, in which R is the test's realm. */
  private ImportFile file(String... lines) throws IOException {
    List<String> texts =
        Arrays.stream(lines)
            .map(line -> line.replace("'R'", "'" + realm + "'").replace('\'', '"'))
            .toList();
    Path file = Files.createTempFile(directory, "f", ".jsonl");
    return ImportFile.of(Files.write(file, texts), Map.of("KEY", "from the environment"));
  }

  private static ImportResult counts(long created, long changed, long unchanged) {
    return new ImportResult(created, changed, unchanged, List.of(), List.of());
  }
}
