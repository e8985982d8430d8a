package io.jeton.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.client.IssueSpec;
import io.jeton.client.JetonClient;
import io.jeton.client.JetonException;
import io.jeton.client.Secret;
import io.jeton.client.ServedFrom;
import io.jeton.client.Verdict;
import io.jeton.client.VerifySpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk refuses writes and loses nothing. */
class DiskFullIT {
  private static final int NOT_STARTED = 6;

  @TempDir private Path directory;

  @Test
  void noRoomToInstall_isSaidInOneLine() {
    Path data = directory.resolve("data");
    try (TinyDisk disk = TinyDisk.mount(directory, 16)) {
      disk.inside(serve(data)).run().requireOneLine(NOT_STARTED, data.toString(), "No space left");

      assertThat(MariaDbs.of(data)).isEmpty();
      assertThat(disk.seen(data).resolve("server.url")).doesNotExist();
    }
  }

  @Test
  void fullWhileRunning_refusesToIssue_verifiesOn_stops_andLosesNothing() throws Exception {
    Path data = directory.resolve("data");
    try (TinyDisk disk = TinyDisk.mount(directory, 220)) {
      List<Secret> issued = new ArrayList<>();
      try (JetonProcess server = start(disk, data);
          JetonClient client = server.client()) {
        Secret early = client.tokens().issue(IssueSpec.builder().build()).secret();
        issued.add(early);
        assertThat(client.tokens().verify(early).active()).isTrue();
        disk.fill();

        JetonException refusal = issueUntilRefused(client, issued);
        assertThat(refusal.code() + " " + refusal.reason().orElse("none"))
            .isIn("RESOURCE_EXHAUSTED STORE_FULL", "UNAVAILABLE STORE_UNAVAILABLE");
        Verdict verdict = client.tokens().verify(early);
        assertThat(verdict.active()).isTrue();
        assertThat(verdict.servedFrom()).isEqualTo(ServedFrom.CACHE);
        assertThat(client.isServing()).isTrue();
        assertThat(server.process().err()).doesNotContain(" ERROR ");
        long begin = System.nanoTime();
        server.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
      }

      disk.makeRoom();
      try (JetonProcess server = start(disk, data);
          JetonClient client = server.client()) {
        assertThat(client.tokens().verifyAll(issued.stream().map(VerifySpec::of).toList()))
            .allMatch(Verdict::active);
        Secret late = client.tokens().issue(IssueSpec.builder().build()).secret();
        assertThat(client.tokens().verify(late).active()).isTrue();
        server.stop();
      }
    }
  }

  private static JetonException issueUntilRefused(JetonClient client, List<Secret> issued) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    // Large rows, so that the room runs out soon.
    List<String> scopes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      scopes.add("%02d".formatted(i) + "x".repeat(120));
    }
    IssueSpec spec =
        IssueSpec.builder().subject("s".repeat(255)).name("n".repeat(255)).scopes(scopes).build();
    Optional<JetonException> refusal = Optional.empty();
    while (refusal.isEmpty()) {
      assertThat(System.nanoTime()).as("a full disk refuses in time").isLessThan(end);
      try {
        issued.add(client.tokens().issue(spec).secret());
      } catch (JetonException e) {
        refusal = Optional.of(e);
      }
    }
    return refusal.get();
  }

  private static JetonProcess start(TinyDisk disk, Path data) {
    return JetonProcess.start(disk.inside(serve(data)), data, disk.seen(data));
  }

  private static Launch serve(Path data) {
    return Launch.jeton("serve", "--port", "0", "--data-dir", data.toString());
  }
}
