package io.jeton.server.grpc;

import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.grpc.GrpcHealthCheckService;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.GrpcServiceBuilder;
import com.linecorp.armeria.server.healthcheck.ListenableHealthChecker;
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
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
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes the services that answer gRPC. */
public final class GrpcPort {
  /** The largest message that is read: larger ones are refused before they are parsed. */
  public static final int MAX_MESSAGE_BYTES = 2 << 20;

  private static final int MAX_PUBLIC_MESSAGE_BYTES = 4 << 10;

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
      AccessLog access) {}

  /** The service that needs a key. */
  public static GrpcService service(Parts parts) {
    return withKey(parts, builder(MAX_MESSAGE_BYTES, parts));
  }

  /** What answers verifications before that service is asked, unless each call is logged. */
  public static Function<HttpService, HttpService> shortcut(Parts parts) {
    return whole ->
        parts.access.isOn()
            ? whole
            : new VerifyShortcut(whole, calls(parts), callers(parts), parts.services.verify());
  }

  /** The same, which answers JSON too, as a page sends it that lets people try calls. */
  public static GrpcService triedFromPage(Parts parts) {
    return withKey(
        parts,
        builder(MAX_MESSAGE_BYTES, parts)
            .supportedSerializationFormats(
                GrpcSerializationFormats.PROTO, GrpcSerializationFormats.JSON)
            .enableUnframedRequests(true));
  }

  private static GrpcService withKey(Parts parts, GrpcServiceBuilder builder) {
    Calls calls = calls(parts);
    TrailInterceptor trail = new TrailInterceptor(parts.access);
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
        CallTiming.noting(parts.blocking), parts.callTimeout, parts.drain, parts.metrics);
  }

  private static CallerInterceptor callers(Parts parts) {
    return new CallerInterceptor(parts.callers, parts.addresses, parts.metrics);
  }

  /**
   * Health and reflection, which strangers may call: with small messages, since they could fill the
   * memory.
   */
  public static GrpcService publicService(Parts parts) {
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
        .exceptionHandler(new GrpcErrors(maxMessageBytes, new Refusals(parts.metrics)))
        // The client keeps its own deadline; a timer for each request costs more than a cached
        // verdict.
        .useClientTimeoutHeader(false);
  }
}
