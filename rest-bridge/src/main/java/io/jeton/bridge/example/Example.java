package io.jeton.bridge.example;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that shows a documented call, as a line of {@code contracts/NAME/examples.jsonl}. In
 * its texts {@code $NAME} stands for what an earlier example has captured.
 *
 * @param title what it shows
 * @param path the path and the query, prefix included
 * @param body what is sent; empty: nothing
 * @param status the status of the answer
 * @param capture which fields of the answer later examples need, texts without comma or brace or
 *     numbers: the field by the variable
 */
public record Example(
    String contract,
    String title,
    String method,
    String path,
    Map<String, String> headers,
    String body,
    int status,
    Map<String, String> capture) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Example(
      String contract,
      String title,
      String method,
      String path,
      @Nullable Map<String, String> headers,
      @Nullable String body,
      int status,
      @Nullable Map<String, String> capture) {
    this.contract = contract;
    this.title = title;
    this.method = method;
    this.path = path;
    this.headers = Objects.requireNonNullElse(headers, Map.of());
    this.body = Objects.requireNonNullElse(body, "");
    this.status = status;
    this.capture = Objects.requireNonNullElse(capture, Map.of());
  }

  /** The examples of a contract, in order; none when it has none. Blocks. */
  public static List<Example> of(String contract) {
    List<Example> examples = new ArrayList<>();
    try (InputStream in =
        Example.class.getResourceAsStream("/contracts/" + contract + "/examples.jsonl")) {
      if (in == null) {
        return examples;
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          examples.add(JSON.readValue(line, Example.class));
        }
      }
      return examples;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line for a shell that sends it, shows the answer and keeps what later ones need. */
  public String curl(String url) {
    StringBuilder line = new StringBuilder("curl -sw '\\n'");
    switch (method) {
      case "GET" -> {}
      case "HEAD" -> line.append(" -I");
      default -> line.append(" -X ").append(method);
    }
    line.append(' ').append(ShellWord.of(url + path));
    headers.forEach((name, value) -> line.append(" -H ").append(ShellWord.of(name + ": " + value)));
    if (!body.isEmpty()) {
      line.append(" -d ").append(ShellWord.of(body));
    }
    capture.forEach((name, field) -> keep(line, name, field));
    return line.toString();
  }

  /** Keeps the whole answer first, shows it, and then what is wanted of it. */
  private static void keep(StringBuilder line, String name, String field) {
    String show = "; printf '%s\\n' \"$" + name + "\"; ";
    String find =
        name
            + "=$(printf '%s' \"$"
            + name
            + "\" | sed -n 's/.*\""
            + field
            + "\":\"\\{0,1\\}\\([^\",}]*\\).*/\\1/p')";
    line.insert(0, name + "=$(").append(')').append(show).append(find);
  }
}
