package io.jeton.server.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP/1.1 client that sends exactly the bytes it is given, so that requests can be wrong in any
 * way. Keeps its connection while the server does. For use by one thread; blocks.
 */
final class RawHttp implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final InetSocketAddress address;
  private Socket socket = new Socket();
  private InputStream in = InputStream.nullInputStream();

  RawHttp(String url) {
    URI uri = URI.create(url);
    this.address = new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  /** A response; header names in lower case, of repeated ones the last. */
  record Response(int status, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /**
   * Sends a whole request and reads the response to it.
   *
   * @param hasBody whether a response can have a body: not to HEAD
   */
  Response exchange(byte[] request, boolean hasBody) throws IOException {
    if (isUsable()) {
      try {
        return send(request, hasBody);
      } catch (IOException e) {
        // The server closed the connection after the last answer: this request was not read.
        close();
      }
    }
    connect();
    return send(request, hasBody);
  }

  private boolean isUsable() {
    return socket.isConnected() && !socket.isClosed();
  }

  private void connect() throws IOException {
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(address, TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  private Response send(byte[] request, boolean hasBody) throws IOException {
    try {
      socket.getOutputStream().write(request);
    } catch (IOException e) {
      // The server may have answered and stopped reading: its answer counts.
      return read(hasBody, e);
    }
    return read(hasBody, null);
  }

  private Response read(boolean hasBody, IOException sending) throws IOException {
    String statusLine;
    try {
      statusLine = line();
    } catch (IOException e) {
      throw sending == null ? e : sending;
    }
    int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    byte[] body = {};
    if (hasBody && status >= 200 && status != 204 && status != 304) {
      body = body(headers);
    }
    if (status == 100) {
      return read(hasBody, sending);
    }
    if (headers.getOrDefault("connection", "").equalsIgnoreCase("close")) {
      close();
    }
    return new Response(status, headers, body);
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      for (int size = size(); size > 0; size = size()) {
        whole.write(exactly(size));
        line();
      }
      line();
      return whole.toByteArray();
    }
    String length = headers.get("content-length");
    if (length != null) {
      return exactly(Integer.parseInt(length));
    }
    byte[] rest = in.readAllBytes();
    close();
    return rest;
  }

  private int size() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
  }

  private byte[] exactly(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length != count) {
      throw new EOFException("the response ended early");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the response ended early");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
