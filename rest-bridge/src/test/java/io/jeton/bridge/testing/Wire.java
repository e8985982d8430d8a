package io.jeton.bridge.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP/1.1 client that sends exactly the bytes that it is given, however wrong they are, and
 * reads what comes back. Blocks, for ten seconds at most.
 */
public final class Wire {
  private static final int TIMEOUT_MILLIS = 10_000;

  private Wire() {}

  /** A header and its value, as they were sent. */
  public record Header(String name, String value) {}

  /** What came back. */
  public record Answer(int status, List<Header> headers, byte[] body) {
    public List<String> all(String name) {
      return headers.stream()
          .filter(header -> header.name.equalsIgnoreCase(name))
          .map(Header::value)
          .toList();
    }

    public Optional<String> first(String name) {
      return all(name).stream().findFirst();
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** Sends a request on a connection of its own. */
  public static Answer send(int port, byte[] request) throws IOException {
    try (Socket socket = connect(port)) {
      try {
        OutputStream out = socket.getOutputStream();
        out.write(request);
        out.flush();
      } catch (IOException e) {
        // It may answer, and close, before it has read everything.
      }
      boolean head = new String(request, StandardCharsets.ISO_8859_1).startsWith("HEAD ");
      return read(socket.getInputStream(), head);
    }
  }

  /** Sends the text of a request. */
  public static Answer send(int port, String request) throws IOException {
    return send(port, request.getBytes(StandardCharsets.ISO_8859_1));
  }

  public static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  /**
   * Reads one answer.
   *
   * @param head whether it answers HEAD, and so has no body whatever its headers say
   */
  public static Answer read(InputStream in, boolean head) throws IOException {
    String[] statusLine = line(in).split(" ", 3);
    int status = Integer.parseInt(statusLine[1]);
    List<Header> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    Answer answer = new Answer(status, List.copyOf(headers), new byte[0]);
    byte[] body = head || status == 204 || status == 100 ? new byte[0] : body(in, answer);
    return new Answer(status, answer.headers, body);
  }

  private static byte[] body(InputStream in, Answer answer) throws IOException {
    Optional<String> length = answer.first("content-length");
    if (length.isPresent()) {
      return in.readNBytes(Integer.parseInt(length.get()));
    }
    boolean chunked =
        answer
            .first("transfer-encoding")
            .map(value -> value.toLowerCase(Locale.ROOT).equals("chunked"))
            .orElse(false);
    if (!chunked) {
      return in.readAllBytes();
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunk(in); size > 0; size = chunk(in)) {
      body.write(in.readNBytes(size));
      line(in);
    }
    line(in);
    return body.toByteArray();
  }

  private static int chunk(InputStream in) throws IOException {
    return Integer.parseInt(line(in).strip(), 16);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("closed after: " + line.toString(StandardCharsets.ISO_8859_1));
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
