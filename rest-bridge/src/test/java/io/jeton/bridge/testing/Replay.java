package io.jeton.bridge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jeton.v1.ModuleScope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Plays one recorded case on a world of its own. For one thread; blocks. */
public final class Replay {
  private static final byte[] LINE_END = {'\r', '\n'};

  private final World world;
  private final BiConsumer<Recording.Request, Wire.Answer> observer;
  private final Template template = new Template();

  private Replay(World world, BiConsumer<Recording.Request, Wire.Answer> observer) {
    this.world = world;
    this.observer = observer;
  }

  /** Plays a case, and fails at the first byte that differs. */
  public static void play(Recording recording, World.Factory worlds) throws Exception {
    play(recording, worlds, (request, answer) -> {});
  }

  /**
   * Plays a case, and fails at the first byte that differs.
   *
   * @param observer is shown every request, as it was sent, and its answer
   */
  public static void play(
      Recording recording,
      World.Factory worlds,
      BiConsumer<Recording.Request, Wire.Answer> observer)
      throws Exception {
    try (World world = worlds.start(recording.given())) {
      Replay replay = new Replay(world, observer);
      for (int i = 0; i < recording.steps().size(); i++) {
        replay.play("step " + (i + 1), recording.steps().get(i));
      }
    }
  }

  private void play(String name, Recording.Step step) throws IOException {
    if (step.request() != null) {
      for (int i = 0; i < step.times(); i++) {
        send(name, step.request(), step.response());
      }
    } else if (step.advance() != null) {
      world.advance(Duration.parse(step.advance()));
    } else if (step.jwt() != null) {
      look(name, step);
    } else {
      happen(name, step);
    }
  }

  private void happen(String name, Recording.Step step) {
    switch (step.core()) {
      case "outage" -> world.outage(true);
      case "restore" -> world.outage(false);
      case "ban" -> world.ban(step.realm(), step.account());
      case "disable" -> world.disable(step.realm(), step.account());
      case "rename" -> world.rename(step.realm(), step.account(), step.as());
      case "rotate" -> world.rotate(step.realm(), step.key());
      case "revoke" -> world.revoke(step.realm(), template.fill(step.token()));
      case "revoke-licence" ->
          world.revokeLicence(
              step.realm(),
              template.fill(step.token()),
              ModuleScope.newBuilder()
                  .setModule(step.module())
                  .setSubModule(step.subModule())
                  .setIssuer(step.issuer())
                  .build());
      case "bind" ->
          world.bind(step.realm(), template.fill(step.token()), step.account(), step.scopes());
      case "destroySession" -> world.destroySession(step.realm(), template.fill(step.sid()));
      case "issue" -> template.set(step.as(), world.issue(step.realm(), step.issuer()));
      case "administrator" ->
          template.set(step.as(), world.issueAdministrator(step.realm(), step.app()));
      case "acted" ->
          assertThat(world.lastAct(step.realm(), template.fill(step.token())))
              .as(name)
              .isEqualTo(Optional.ofNullable(step.subject()));
      case "verify" ->
          assertThat(world.verify(step.realm(), template.fill(step.token()), step.app()))
              .as(name)
              .isEqualTo(Optional.ofNullable(step.subject()));
      default -> throw new IllegalArgumentException(name + ": " + step.core());
    }
  }

  private void look(String name, Recording.Step step) {
    String[] parts = template.fill(step.jwt()).split("\\.");
    template.match(name + ": header", step.header(), decoded(parts[0]));
    template.match(name + ": payload", step.payload(), decoded(parts[1]));
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  private void send(String name, Recording.Request request, Recording.Response expected)
      throws IOException {
    Wire.Answer answer = Wire.send(world.port(), bytes(request));
    assertThat(answer.status())
        .as("%s: status of %s", name, answer.text())
        .isEqualTo(expected.status());
    template.match(name + ": body", expected.body(), answer.text());
    expected.headers().forEach((header, value) -> compare(name, answer, header, value));
    assertThat(answer.all("cache-control"))
        .as("%s: Cache-Control", name)
        .containsExactly("no-store");
    assertThat(answer.all("date")).as("%s: Date", name).hasSize(1);
    observer.accept(
        new Recording.Request(
            request.method(), template.fill(request.path()), null, null, null, 0, false),
        answer);
  }

  private void compare(String name, Wire.Answer answer, String header, String expected) {
    List<String> values = answer.all(header);
    if (expected == null) {
      assertThat(values).as("%s: %s", name, header).isEmpty();
    } else {
      assertThat(values).as("%s: %s", name, header).hasSize(1);
      template.match(name + ": " + header, expected, values.get(0));
    }
  }

  private byte[] bytes(Recording.Request request) throws IOException {
    byte[] body = body(request);
    List<String> lines = new ArrayList<>();
    lines.add(request.method() + " " + template.fill(request.path()) + " HTTP/1.1");
    if (!has(request, "host")) {
      lines.add("Host: bridge.test");
    }
    lines.add("Connection: close");
    for (Map.Entry<String, JsonNode> header : request.headers().entrySet()) {
      for (JsonNode value :
          header.getValue().isArray() ? header.getValue() : List.of(header.getValue())) {
        lines.add(header.getKey() + ": " + template.fill(value.asText()));
      }
    }
    if (request.chunked()) {
      lines.add("Transfer-Encoding: chunked");
    } else if (body.length > 0 || request.body() != null) {
      lines.add("Content-Length: " + body.length);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String line : lines) {
      out.write(line.getBytes(StandardCharsets.UTF_8));
      out.write(LINE_END);
    }
    out.write(LINE_END);
    out.write(request.chunked() ? chunks(body) : body);
    return out.toByteArray();
  }

  private byte[] body(Recording.Request request) {
    byte[] body =
        request.body64() != null
            ? Base64.getDecoder().decode(request.body64())
            : template
                .fill(request.body() == null ? "" : request.body())
                .getBytes(StandardCharsets.UTF_8);
    if (body.length >= request.bodyBytes()) {
      return body;
    }
    byte[] padded = Arrays.copyOf(body, request.bodyBytes());
    Arrays.fill(padded, body.length, padded.length, (byte) ' ');
    return padded;
  }

  /** The body in two chunks, and the empty one that ends it. */
  private static byte[] chunks(byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int half = body.length / 2;
    if (half > 0) {
      write(out, Arrays.copyOf(body, half));
    }
    if (body.length > half) {
      write(out, Arrays.copyOfRange(body, half, body.length));
    }
    write(out, new byte[0]);
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, byte[] chunk) throws IOException {
    out.write(Integer.toHexString(chunk.length).getBytes(StandardCharsets.US_ASCII));
    out.write(LINE_END);
    out.write(chunk);
    out.write(LINE_END);
  }

  private static boolean has(Recording.Request request, String name) {
    return request.headers().keySet().stream()
        .anyMatch(header -> header.toLowerCase(Locale.ROOT).equals(name));
  }
}
