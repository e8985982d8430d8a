package io.jeton.client;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a token service.
 *
 * <p>It connects at the first call and again whenever the connection was lost. Make one for a
 * program and keep it: safe for use by several threads.
 */
public final class JetonClient implements AutoCloseable {
  /** The server's largest page of the largest tokens is under it. */
  private static final int MAX_ANSWER_BYTES = 16 << 20;

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;
  private final Channel plain;
  private final Calls calls;
  private final Tokens tokens;
  private final Callers callers;
  private final Imports imports;
  private final Keys keys;
  private final Accounts accounts;
  private final Modules modules;
  private final Applications applications;
  private final Sessions sessions;

  private JetonClient(Builder builder) {
    ServerAddress address = ServerAddress.parse(builder.server);
    channel =
        builder
            .credentials
            .channel(address)
            .maxInboundMessageSize(MAX_ANSWER_BYTES)
            .disableServiceConfigLookUp()
            .build();
    plain = channel;
    calls = new Calls(builder.server, builder.deadline);
    Channel authorized =
        builder.key.map(key -> ClientInterceptors.intercept(plain, headers(key))).orElse(plain);
    tokens = new Tokens(authorized, calls);
    callers = new Callers(authorized, calls);
    imports = new Imports(authorized, builder.server);
    keys = new Keys(authorized, calls);
    accounts = new Accounts(authorized, calls);
    modules = new Modules(authorized, calls);
    applications = new Applications(authorized, calls);
    sessions = new Sessions(authorized, calls);
  }

  private static io.grpc.ClientInterceptor headers(Secret key) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + key.reveal());
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  /** Starts with every default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Calls about tokens. */
  public Tokens tokens() {
    return tokens;
  }

  /** Calls about callers. */
  public Callers callers() {
    return callers;
  }

  /** Taking over what another system has. */
  public Imports imports() {
    return imports;
  }

  /** Calls about signing keys. */
  public Keys keys() {
    return keys;
  }

  /** Calls about accounts. */
  public Accounts accounts() {
    return accounts;
  }

  /** Calls about modules, which licences are for. */
  public Modules modules() {
    return modules;
  }

  /** Calls about registered applications. */
  public Applications applications() {
    return applications;
  }

  /** Calls about the sessions of websites. */
  public Sessions sessions() {
    return sessions;
  }

  /**
   * Whether the server says that it serves; needs no key. Blocks until it has answered, at most the
   * client's deadline.
   *
   * @throws JetonException when it did not answer
   */
  public boolean isServing() {
    var stub = HealthGrpc.newBlockingStub(plain);
    var response = calls.call(stub, s -> s.check(HealthCheckRequest.getDefaultInstance()));
    return response.getStatus() == ServingStatus.SERVING;
  }

  /** Ends the connection; calls in flight have two seconds to finish. */
  @Override
  public void close() {
    channel.shutdown();
    try {
      if (channel.awaitTermination(2, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    channel.shutdownNow();
  }

  /** Collects what a {@link JetonClient} needs. Not safe for use by several threads. */
  public static final class Builder {
    private String server = "http://127.0.0.1:8420";
    private Optional<Secret> key = Optional.empty();
    private Duration deadline = Duration.ofSeconds(5);
    private Credentials credentials = Credentials.NONE;

    private Builder() {}

    /**
     * Where the server is: {@code http://HOST:PORT} in clear text, {@code https://HOST:PORT} with
     * TLS. Defaults to {@code http://127.0.0.1:8420}.
     */
    public Builder server(String server) {
      this.server = server;
      return this;
    }

    /** The service key to present. Defaults to none: such a client can only ask for health. */
    public Builder key(String key) {
      return key(Secret.of(key));
    }

    /** The service key to present. Defaults to none: such a client can only ask for health. */
    public Builder key(Secret key) {
      this.key = Optional.of(key);
      return this;
    }

    /**
     * A PEM file with the certificates that may have signed the server's. Defaults to the system's
     * trust store.
     */
    public Builder ca(Path file) {
      credentials =
          new Credentials(Optional.of(file), credentials.certificate(), credentials.key());
      return this;
    }

    /**
     * The certificate to show a server that asks for one. Defaults to none.
     *
     * @param certificate a PEM file with it, and behind it those that signed it
     * @param key a PEM file with its key, in PKCS #8 and without a pass phrase
     */
    public Builder certificate(Path certificate, Path key) {
      credentials = new Credentials(credentials.ca(), Optional.of(certificate), Optional.of(key));
      return this;
    }

    /** How long a call may take before it fails. Defaults to 5 seconds. */
    public Builder deadline(Duration deadline) {
      this.deadline = deadline;
      return this;
    }

    /**
     * Makes the client. It does not connect yet; it blocks only to read certificates.
     *
     * @throws IllegalArgumentException when the server is not an address, the key cannot be sent, a
     *     certificate cannot be used, or the deadline is not positive; the message does not repeat
     *     them
     */
    public JetonClient build() {
      if (key.isPresent() && !key.get().reveal().matches("[!-~]+")) {
        throw new IllegalArgumentException(
            "not a service key (expected: printable ASCII without space)");
      }
      if (deadline.isZero() || deadline.isNegative()) {
        throw new IllegalArgumentException("deadline: " + deadline + " (expected: above zero)");
      }
      return new JetonClient(this);
    }
  }
}
