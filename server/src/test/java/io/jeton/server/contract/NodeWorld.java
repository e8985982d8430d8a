package io.jeton.server.contract;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.jeton.bridge.testing.Administrators;
import io.jeton.bridge.testing.Given;
import io.jeton.bridge.testing.World;
import io.jeton.server.Node;
import io.jeton.server.config.ConfigReader;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.crypto.PasswordHasher;
import io.jeton.server.domain.Secret;
import io.jeton.server.testing.Cable;
import io.jeton.server.testing.MariaDbExtension;
import io.jeton.server.testing.SettableClock;
import io.jeton.v1.AccountRef;
import io.jeton.v1.AccountServiceGrpc;
import io.jeton.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.CreateSigningKeyRequest;
import io.jeton.v1.DestroySessionRequest;
import io.jeton.v1.GetAccountRequest;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.ImportServiceGrpc;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.KeyServiceGrpc;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ModuleScope;
import io.jeton.v1.RefreshSpec;
import io.jeton.v1.RefreshWithPair;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.SessionServiceGrpc;
import io.jeton.v1.SigningAlgorithm;
import io.jeton.v1.SuppliedFormat;
import io.jeton.v1.TokenServiceGrpc;
import io.jeton.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import io.jeton.v1.UpdateAccountRequest;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A world of a real node on a real database, which is reached over a {@link Cable} that an outage
 * pulls. Every world has a node and a data directory of its own; the database is emptied before.
 */
final class NodeWorld implements World {
  private static final Path HOME = Path.of(System.getProperty("jeton.home"));

  /** How long the pool of connections may take to try again after an outage. */
  private static final java.time.Duration BACK = java.time.Duration.ofSeconds(10);

  private static final String MASTER_KEY = "0123456789abcdef".repeat(4);

  /** The hashes of the given passwords, as a node makes them: each is computed once. */
  private static final Map<String, String> HASHES = new ConcurrentHashMap<>();

  private final Node node;
  private final ManagedChannel channel;
  private final Cable cable;
  private final SettableClock clock;
  private final MariaDbExtension database;
  private final TokenServiceBlockingStub tokens;
  private final AccountServiceBlockingStub accounts;
  private final KeyServiceGrpc.KeyServiceBlockingStub keys;
  private final GivenRegistry registry;
  private final SessionServiceGrpc.SessionServiceBlockingStub sessions;
  private final NodeImports imports;

  private NodeWorld(
      Node node,
      ManagedChannel channel,
      Cable cable,
      SettableClock clock,
      MariaDbExtension database,
      String key) {
    this.node = node;
    this.database = database;
    this.channel = channel;
    this.cable = cable;
    this.clock = clock;
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
    var bearer = MetadataUtils.newAttachHeadersInterceptor(headers);
    this.tokens = TokenServiceGrpc.newBlockingStub(channel).withInterceptors(bearer);
    this.accounts = AccountServiceGrpc.newBlockingStub(channel).withInterceptors(bearer);
    this.registry = new GivenRegistry(channel, bearer);
    this.sessions = SessionServiceGrpc.newBlockingStub(channel).withInterceptors(bearer);
    this.imports = new NodeImports(ImportServiceGrpc.newStub(channel).withInterceptors(bearer));
    this.keys = KeyServiceGrpc.newBlockingStub(channel).withInterceptors(bearer);
  }

  /** A world that begins as a case wants it. Blocks. */
  static NodeWorld start(Given given, MariaDbExtension database, Path directory) throws Exception {
    int port = URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort();
    Cable cable = new Cable(port);
    Path own = Files.createTempDirectory(directory, "node");
    Path file = own.resolve("jeton.yaml");
    new ObjectMapper()
        .writeValue(
            file.toFile(),
            Map.of("contracts", given.contracts(), "trusted-proxies", given.trustedProxies()));
    Map<String, String> settings = new HashMap<>();
    settings.put("data-dir", own.resolve("data").toString());
    settings.put("port", "0");
    settings.put("realms", String.join(",", realms(given)));
    settings.put(
        "database.url", database.jdbcUrl().replace(":" + port + "/", ":" + cable.port() + "/"));
    settings.put("database.user", database.user());
    settings.put("database.password", "env:PASSWORD");
    settings.put("master-key", "env:MASTER");
    settings.put("event-loops", "1");
    Map<String, String> environment =
        Map.of("PASSWORD", database.password().reveal(), "MASTER", MASTER_KEY);
    JetonConfig config = ConfigReader.read(Optional.of(file), Map.of(), settings);
    empty(database, () -> Node.migrate(config, HOME, environment, false));
    SettableClock clock = new SettableClock(given.start());
    Node node = Node.start(config, HOME, environment, clock);
    URI url = URI.create(node.url());
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(url.getHost(), url.getPort()).usePlaintext().build();
    String key = Files.readString(config.dataDirectory().resolve("admin.key")).strip();
    NodeWorld world = new NodeWorld(node, channel, cable, clock, database, key);
    world.fill(given, database);
    return world;
  }

  private void fill(Given given, MariaDbExtension database) throws SQLException {
    for (Given.GivenAccount account : given.accounts()) {
      clock.set(account.created().orElse(given.start()));
      add(account);
    }
    clock.set(given.start());
    for (Given.GivenKey key : given.signingKeys()) {
      keys.createSigningKey(
          CreateSigningKeyRequest.newBuilder()
              .setRealm(key.realm())
              .setName(key.name())
              .setAlgorithm(key.algorithm())
              .setSecret(ByteString.copyFromUtf8(key.secret()))
              .build());
    }
    imports.addZones(given.timeZones());
    registry.add(given);
    given.licences().forEach(each -> tokens.issueToken(each.request()));
    given.tokens().forEach(this::add);
    registry.disable(given);
    given.sessions().forEach(this::add);
    imports.add(given.imports());
    try (Connection connection = database.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO revoked_jti (realm_id, key_name, jti)"
                    + " SELECT realm_id, ?, ? FROM realm WHERE name = ?")) {
      for (Given.RevokedJti jti : given.revokedJtis()) {
        insert.setBytes(1, jti.key().getBytes(StandardCharsets.UTF_8));
        insert.setBytes(2, jti.jti().getBytes(StandardCharsets.UTF_8));
        insert.setBytes(3, jti.realm().getBytes(StandardCharsets.UTF_8));
        insert.executeUpdate();
      }
    }
  }

  private void add(Given.GivenAccount account) {
    CreateAccountRequest.Builder request =
        CreateAccountRequest.newBuilder()
            .setRealm(account.realm())
            .setId(account.id())
            .setDisabled(account.disabled())
            .setBanned(account.banned())
            .setProfile(account.profileJson());
    if (!account.name().isEmpty()) {
      request.setName(account.name());
    }
    if (!account.email().isEmpty()) {
      request.setEmail(account.email());
    }
    if (!account.phone().isEmpty()) {
      request.setPhone(account.phone());
    }
    if (!account.qq().isEmpty()) {
      request.setQq(account.qq());
    }
    if (!account.password().isEmpty()) {
      request.setPasswordHash(
          HASHES.computeIfAbsent(
              account.password(), text -> PasswordHasher.hash(Secret.of(text)).reveal()));
    }
    accounts.createAccount(request.build());
  }

  private void add(Given.GivenToken token) {
    tokens.issueToken(
        IssueTokenRequest.newBuilder()
            .setRealm(token.realm())
            .setIssuer(token.issuer())
            .addAllScopes(token.scopes())
            .setLifetime(duration(token.life()))
            .setSupplied(
                SuppliedFormat.newBuilder()
                    .setCode(token.code())
                    .setRefreshCode(token.refreshCode()))
            .setRefresh(
                RefreshSpec.newBuilder()
                    .setWindow(duration(token.window()))
                    .setPair(RefreshWithPair.getDefaultInstance()))
            .build());
  }

  private void add(Given.GivenSession session) {
    var unused =
        sessions.createSession(
            CreateSessionRequest.newBuilder()
                .setRealm(session.realm())
                .setSid(session.sid())
                .setAccountId(
                    session.account().isEmpty()
                        ? ""
                        : accountId(session.realm(), session.account()))
                .setData(session.dataJson())
                .setLifetime(duration(session.life()))
                .build());
  }

  private String accountId(String realm, String login) {
    return accounts
        .getAccount(
            GetAccountRequest.newBuilder()
                .setRealm(realm)
                .setAccount(AccountRef.newBuilder().setLogin(login))
                .build())
        .getAccount()
        .getId();
  }

  @Override
  public int port() {
    return URI.create(node.url()).getPort();
  }

  @Override
  public void advance(java.time.Duration duration) {
    clock.advance(duration);
  }

  /** When the outage is over, blocks until the node has found that out. */
  @Override
  public void outage(boolean down) {
    cable.pull(down);
    if (!down) {
      await()
          .atMost(BACK)
          .ignoreException(StatusRuntimeException.class)
          .until(() -> tokens.listTokens(ListTokensRequest.getDefaultInstance()) != null);
    }
  }

  @Override
  public void disable(String realm, String login) {
    accounts.updateAccount(update(realm, login).setDisabled(true).build());
  }

  @Override
  public void ban(String realm, String login) {
    accounts.updateAccount(update(realm, login).setBanned(true).build());
  }

  @Override
  public void rename(String realm, String login, String name) {
    accounts.updateAccount(update(realm, login).setName(name).build());
  }

  @Override
  public void rotate(String realm, String key) {
    keys.createSigningKey(
        CreateSigningKeyRequest.newBuilder()
            .setRealm(realm)
            .setName(key)
            .setAlgorithm(SigningAlgorithm.SIGNING_ALGORITHM_HS256)
            .build());
  }

  @Override
  public void revoke(String realm, String token) {
    tokens.revokeToken(RevokeTokenRequest.newBuilder().setRealm(realm).setToken(token).build());
  }

  @Override
  public void destroySession(String realm, String sid) {
    var unused =
        sessions.destroySession(
            DestroySessionRequest.newBuilder().setRealm(realm).setSid(sid).build());
  }

  @Override
  public void revokeLicence(String realm, String token, ModuleScope scope) {
    tokens.revokeToken(
        RevokeTokenRequest.newBuilder()
            .setRealm(realm)
            .setToken(token)
            .setModuleScope(scope)
            .build());
  }

  @Override
  public void bind(String realm, String token, String login, List<String> scopes) {
    tokens.bindToken(
        BindTokenRequest.newBuilder()
            .setRealm(realm)
            .setToken(token)
            .setAccountId(accountId(realm, login))
            .addAllScopes(scopes)
            .build());
  }

  @Override
  public String issue(String realm, String issuer) {
    return tokens
        .issueToken(IssueTokenRequest.newBuilder().setRealm(realm).setIssuer(issuer).build())
        .getSecret();
  }

  @Override
  public String issueAdministrator(String realm, String appId) {
    return tokens.issueToken(Administrators.of(realm, appId, clock.instant())).getSecret();
  }

  /** Reads the table: nothing else shows it. */
  @Override
  public Optional<String> lastAct(String realm, String token) {
    String id =
        tokens
            .getToken(GetTokenRequest.newBuilder().setRealm(realm).setToken(token).build())
            .getToken()
            .getId();
    try (Connection connection = database.connect();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT effective_subject FROM audit WHERE action = 'ActAs' AND target = ?"
                    + " ORDER BY audit_id DESC LIMIT 1")) {
      select.setString(1, id);
      try (ResultSet acts = select.executeQuery()) {
        return acts.next()
            ? Optional.of(new String(acts.getBytes(1), StandardCharsets.UTF_8))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<String> verify(String realm, String token) {
    return verify(realm, token, "");
  }

  @Override
  public Optional<String> verify(String realm, String token, String appId) {
    VerifyTokenResponse response =
        tokens.verifyToken(
            VerifyTokenRequest.newBuilder()
                .setRealm(realm)
                .setToken(token)
                .setAppId(appId)
                .build());
    return response.getActive() ? Optional.of(response.getToken().getSubject()) : Optional.empty();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    cable.pull(false);
    node.close();
    cable.close();
  }

  private static UpdateAccountRequest.Builder update(String realm, String login) {
    return UpdateAccountRequest.newBuilder()
        .setRealm(realm)
        .setAccount(AccountRef.newBuilder().setLogin(login));
  }

  private static TreeSet<String> realms(Given given) {
    TreeSet<String> realms = new TreeSet<>(List.of("default"));
    given.accounts().forEach(each -> realms.add(each.realm()));
    given.signingKeys().forEach(each -> realms.add(each.realm()));
    given.tokens().forEach(each -> realms.add(each.realm()));
    given.modules().forEach(each -> realms.add(each.realm()));
    realms.addAll(given.timeZones().keySet());
    given.applications().forEach(each -> realms.add(each.realm()));
    given.revokedJtis().forEach(each -> realms.add(each.realm()));
    given.sessions().forEach(each -> realms.add(each.realm()));
    given.imports().forEach(each -> realms.add(each.realm()));
    return realms;
  }

  /** Migrates a new database; takes all rows out of one that has been used. */
  private static void empty(MariaDbExtension database, Migration migration) throws Exception {
    List<String> tables = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet names = statement.executeQuery("SHOW TABLES")) {
        while (names.next()) {
          tables.add(names.getString(1));
        }
      }
      if (tables.isEmpty()) {
        migration.run();
        return;
      }
      tables.remove("flyway_schema_history");
      connection.setAutoCommit(false);
      statement.execute("SET FOREIGN_KEY_CHECKS = 0");
      for (String table : tables) {
        statement.execute("DELETE FROM " + table);
      }
      connection.commit();
    }
  }

  private static Duration duration(java.time.Duration duration) {
    return Duration.newBuilder().setSeconds(duration.getSeconds()).build();
  }

  private interface Migration {
    void run() throws Exception;
  }
}
