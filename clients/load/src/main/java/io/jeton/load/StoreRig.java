package io.jeton.load;

import io.jeton.load.ServerOptions.Running;
import io.jeton.load.child.Child;
import io.jeton.load.child.Children;
import io.jeton.load.child.Servers;
import io.jeton.load.database.DatabaseFloor;
import io.jeton.load.database.DatabaseLogin;
import io.jeton.load.database.FloorOrders;
import io.jeton.load.http2.Call;
import io.jeton.load.http2.ClosedLoop;
import io.jeton.load.http2.Plan;
import io.jeton.load.http2.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * A server with its embedded database, and the plain JDBC loops on that database. The database
 * shares the core of whoever is measured: server and database, or loop and database.
 */
final class StoreRig {
  private static final int WORKERS = 1;

  private final Running running;
  private final Child server;
  private final DatabaseLogin database;
  private final Child floor;

  private StoreRig(Running running, Child server, DatabaseLogin database, Child floor) {
    this.running = running;
    this.server = server;
    this.database = database;
    this.floor = floor;
  }

  /** Starts both on a data directory. Blocks. */
  static StoreRig start(
      Children children, Path data, StoreOptions options, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("JETON_EVENT_LOOPS", Integer.toString(WORKERS));
    environment.put("JETON_EMBEDDED_BUFFER_POOL", options.bufferPool);
    Child server = children.add(Servers.jeton(data, environment));
    Running running = ServerOptions.started(server, data);
    Path clientFile = DatabaseLogin.fileIn(data);
    Child floor =
        children.add(
            Servers.floor(
                DatabaseFloor.class, DatabaseFloor.READY, running.flags(), clientFile.toString()));
    return new StoreRig(running, server, DatabaseLogin.of(clientFile), floor);
  }

  Running running() {
    return running;
  }

  Target target() {
    return running.target();
  }

  DatabaseLogin database() {
    return database;
  }

  /** Ends both before the other processes. Blocks. */
  void end(Children children) {
    children.end(floor);
    children.end(server);
  }

  /** The server as a contender, with so many calls in flight. */
  Contender server(String name, LongFunction<Call> calls, int connections, int streams) {
    return new Contender(
        name,
        (options, seconds, seed) ->
            ClosedLoop.run(
                target(),
                calls.apply(seed),
                Plan.of(connections, streams, Duration.ofSeconds(seconds))),
        with(server),
        Optional.empty());
  }

  /** A loop on the database as a contender. */
  Contender floor(String name, DatabaseFloor.Kind kind, int threads, int rows) {
    FloorOrders orders = new FloorOrders(floor.uri(), kind, threads, rows);
    return new Contender(
        name, (options, seconds, seed) -> orders.run(seconds, seed), with(floor), Optional.empty());
  }

  /** A process and the database, which is a child of the server's guard. */
  private List<ProcessHandle> with(Child process) {
    return Stream.concat(Stream.of(process.process()), server.process().descendants())
        .distinct()
        .toList();
  }
}
