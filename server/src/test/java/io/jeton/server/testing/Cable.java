package io.jeton.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port that leads to another one until it is pulled, which ends every connection. */
public final class Cable implements AutoCloseable {
  private final ServerSocket entry;
  private final int target;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private volatile boolean isPulled;

  public Cable(int target) throws IOException {
    this.entry = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    this.target = target;
    start(this::accept);
  }

  public int port() {
    return entry.getLocalPort();
  }

  /** Ends all connections, and those to come at once; or no longer. */
  public void pull(boolean pulled) {
    isPulled = pulled;
    if (pulled) {
      ends.forEach(Cable::end);
    }
  }

  @Override
  public void close() {
    pull(true);
    try {
      entry.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!entry.isClosed()) {
      try {
        Socket near = entry.accept();
        if (isPulled) {
          end(near);
          continue;
        }
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        ends.add(near);
        ends.add(far);
        start(() -> pump(near, far));
        start(() -> pump(far, near));
      } catch (IOException e) {
        // The entry was closed, or the target is away: whoever connects finds out.
      }
    }
  }

  private void pump(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // Pulled, or ended by one of the two.
    } finally {
      end(from);
      end(to);
      ends.remove(from);
      ends.remove(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "cable");
    thread.setDaemon(true);
    thread.start();
  }
}
