package io.jeton.server.grpc;

import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceBindingBuilder;
import com.linecorp.armeria.server.grpc.GrpcHealthCheckService;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.GrpcServiceBuilder;
import com.linecorp.armeria.server.healthcheck.ListenableHealthChecker;
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.jeton.server.api.PublishedKeys;
import io.jeton.server.api.Services;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Lookup;
import io.jeton.server.watch.AccessLog;
import io.jeton.server.watch.Refusals;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Makes the services that answer gRPC. */
public final class GrpcPort {
  /** The largest message that is read: larger ones are refused before they are parsed. */
  public static final int MAX_MESSAGE_BYTES = 2 << 20;

  private static final int MAX_PUBLIC_MESSAGE_BYTES = 4 << 10;

  /** The most bytes of a public call: of one message, and of many. */
  private static final int MAX_PUBLIC_CALL_BYTES = 5 << 10;

  private static final int MAX_PUBLIC_STREAM_BYTES = 64 << 10;

  /** How long a public call may take, unless it watches. */
  private static final Duration PUBLIC_TIMEOUT = Duration.ofSeconds(5);

  private GrpcPort() {}

  /**
   * What the gRPC service is made of.
   *
   * @param services what is answered
   * @param callers the callers that may call, by their key's digest; read on every call
   * @param addresses where calls come from
   * @param blocking where calls that block run; it may reject
   * @param callTimeout how long such a call may take before it is answered as STORE_UNAVAILABLE
   * @param healthy whether {@code grpc.health.v1} answers SERVING
   * @param drain what refuses calls when the server stops
   * @param reflection whether clients may ask for the proto files
   * @param access where calls are logged
   * @param refusals where calls that failed are noted
   */
  public record Parts(
      Services services,
      Supplier<Map<Lookup, Caller>> callers,
      ClientAddresses addresses,
      Executor blocking,
      Duration callTimeout,
      MeterRegistry metrics,
      ListenableHealthChecker healthy,
      Drain drain,
      boolean reflection,
      AccessLog access,
      Refusals refusals) {}

  /** Adds what clients call: the service that needs a key, the public ones, the public keys. */
  public static void addTo(ServerBuilder server, Parts parts, PublishedKeys published) {
    CallerInterceptor callers = callers(parts);
    GrpcService whole = withKey(parts, builder(MAX_MESSAGE_BYTES, parts));
    ServiceBindingBuilder bound = server.route();
    whole.routes().forEach(bound::addRoute);
    bound
        .errorHandler(new TooLargeErrors(errors(MAX_MESSAGE_BYTES, parts)))
        .build(
            logged(
                LoggedCalls.GRPC,
                parts,
                new StrangersUnread(shortcut(whole, parts, callers), callers)));
    addPublic(server, parts);
    server.service(JwksService.PATH, logged("jwks", parts, new JwksService(published)));
  }

  /** The same, with a line in the access log for each request, if there is such a log. */
  private static HttpService logged(String api, Parts parts, HttpService service) {
    return parts.access.isOn()
        ? new LoggedCalls(service, api, parts.access, parts.addresses)
        : service;
  }

  /** What answers verifications before the whole service is asked. */
  private static HttpService shortcut(HttpService whole, Parts parts, CallerInterceptor callers) {
    return new VerifyShortcut(
        whole, calls(parts), callers, errors(MAX_MESSAGE_BYTES, parts), parts.services.verify());
  }

  /** Adds the service that needs a key as a page calls it that lets people try calls: in JSON. */
  public static void addTriedFromPage(ServerBuilder server, Parts parts) {
    server.service(
        withKey(
            parts,
            builder(MAX_MESSAGE_BYTES, parts)
                .supportedSerializationFormats(
                    GrpcSerializationFormats.PROTO, GrpcSerializationFormats.JSON)
                .enableUnframedRequests(true)),
        service -> logged(LoggedCalls.GRPC, parts, service));
  }

  private static GrpcService withKey(Parts parts, GrpcServiceBuilder builder) {
    Calls calls = calls(parts);
    TrailInterceptor trail = new TrailInterceptor();
    CallerInterceptor identified = callers(parts);
    Services services = parts.services;
    List<BindableService> bound =
        List.of(
            new TokenGrpc(
                calls,
                services.verify(),
                services.issue(),
                services.refresh(),
                services.bind(),
                services.manageTokens(),
                services.extend(),
                services.revokeGroups()),
            new CallerGrpc(calls, services.manageCallers()),
            new KeyGrpc(calls, services.manageKeys()),
            new AccountGrpc(
                calls,
                services.manageAccounts(),
                services.ensureAccounts(),
                services.checkPasswords()),
            new ModuleGrpc(calls, services.manageModules()),
            new ApplicationGrpc(calls, services.manageApplications()),
            new SessionGrpc(calls, services.manageSessions()),
            new ImportGrpc(calls, services.importRecords()));
    for (BindableService service : bound) {
      ServerServiceDefinition definition =
          ServerInterceptors.interceptForward(service, trail, identified);
      builder.addService(definition);
    }
    return builder.build();
  }

  private static Calls calls(Parts parts) {
    return new Calls(
        CallTiming.noting(parts.blocking),
        parts.callTimeout,
        parts.drain,
        parts.metrics,
        parts.refusals);
  }

  private static CallerInterceptor callers(Parts parts) {
    return new CallerInterceptor(parts.callers, parts.addresses, parts.metrics, parts.refusals);
  }

  /**
   * Health and reflection, which strangers may call: with small messages that come soon, since they
   * could fill the memory.
   */
  private static void addPublic(ServerBuilder server, Parts parts) {
    GrpcService service = publicService(parts);
    HttpService limited = logged(LoggedCalls.GRPC, parts, new WatchLimit(service));
    service
        .methodsByRoute()
        .forEach(
            (route, method) ->
                server
                    .route()
                    .addRoute(route)
                    .maxRequestLength(
                        method.getMethodDescriptor().getType().clientSendsOneMessage()
                            ? MAX_PUBLIC_CALL_BYTES
                            : MAX_PUBLIC_STREAM_BYTES)
                    .requestTimeout(PUBLIC_TIMEOUT)
                    .errorHandler(new TooLargeErrors(errors(MAX_PUBLIC_MESSAGE_BYTES, parts)))
                    .build(limited));
  }

  private static GrpcService publicService(Parts parts) {
    GrpcServiceBuilder builder =
        builder(MAX_PUBLIC_MESSAGE_BYTES, parts)
            .addService(GrpcHealthCheckService.builder().checkers(parts.healthy).build());
    if (parts.reflection) {
      builder.addService(ProtoReflectionServiceV1.newInstance());
    }
    return builder.build();
  }

  private static GrpcServiceBuilder builder(int maxMessageBytes, Parts parts) {
    return GrpcService.builder()
        .supportedSerializationFormats(GrpcSerializationFormats.PROTO)
        .maxRequestMessageLength(maxMessageBytes)
        .exceptionHandler(errors(maxMessageBytes, parts))
        // The client keeps its own deadline; a timer for each request costs more than a cached
        // verdict.
        .useClientTimeoutHeader(false);
  }

  private static GrpcErrors errors(int maxMessageBytes, Parts parts) {
    return new GrpcErrors(maxMessageBytes, parts.refusals);
  }
}
