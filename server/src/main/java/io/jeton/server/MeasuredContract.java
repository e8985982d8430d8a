package io.jeton.server;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import io.jeton.bridge.Contract;
import io.jeton.bridge.Inquiry;
import io.jeton.bridge.Mounted;
import io.jeton.server.watch.AccessLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.AsciiString;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A contract whose answers are counted by HTTP status, {@code jeton_bridge_requests_total}, logged
 * if that is wanted, and carry the request's id if the client gave one. Safe for use by several
 * threads; never blocks.
 */
final class MeasuredContract implements Contract {
  private static final AsciiString ID = HttpHeaderNames.of("x-request-id");
  private static final int FIRST_FAILURE = 400;

  private final Contract contract;
  private final String api;
  private final String realm;
  private final MeterRegistry registry;
  private final AccessLog log;
  private final ConcurrentMap<HttpStatus, Counter> counters = new ConcurrentHashMap<>();

  private MeasuredContract(Mounted mounted, MeterRegistry registry, AccessLog log) {
    this.contract = mounted.contract();
    this.api = mounted.name();
    this.realm = mounted.realm();
    this.registry = registry;
    this.log = log;
  }

  /** The same instance, measured. */
  static Mounted of(Mounted mounted, MeterRegistry registry, AccessLog log) {
    return new Mounted(
        new MeasuredContract(mounted, registry, log),
        mounted.name(),
        mounted.realm(),
        mounted.prefixes(),
        mounted.publicUrl());
  }

  @Override
  public int claim(String prefix, String path) {
    return contract.claim(prefix, path);
  }

  @Override
  public CompletableFuture<AggregatedHttpResponse> answer(Inquiry inquiry) {
    long begin = log.isOn() ? System.nanoTime() : 0;
    return contract.answer(inquiry).thenApply(answer -> noted(inquiry, answer, begin));
  }

  @Override
  public AggregatedHttpResponse refuse(Inquiry inquiry, Problem problem) {
    long begin = log.isOn() ? System.nanoTime() : 0;
    return noted(inquiry, contract.refuse(inquiry, problem), begin);
  }

  @Override
  public CompletableFuture<Void> prepare() {
    return contract.prepare();
  }

  private AggregatedHttpResponse noted(Inquiry inquiry, AggregatedHttpResponse answer, long begin) {
    HttpStatus status = answer.status();
    Counter counter = counters.get(status);
    (counter == null ? counters.computeIfAbsent(status, this::counter) : counter).increment();
    if (log.isOn()) {
      log.write(call(inquiry, status, System.nanoTime() - begin));
    }
    return inquiry.headers().contains(ID)
        ? AggregatedHttpResponse.of(
            answer.headers().toBuilder().set(ID, inquiry.client().requestId()).build(),
            answer.content(),
            answer.trailers())
        : answer;
  }

  private AccessLog.Call call(Inquiry inquiry, HttpStatus status, long nanos) {
    return new AccessLog.Call(
        api,
        inquiry.headers().method().name(),
        status.codeAsText(),
        status.code() >= FIRST_FAILURE,
        nanos,
        inquiry.client().requestId(),
        AccessLog.trace(inquiry.headers().get("traceparent")),
        "",
        inquiry.client().address());
  }

  private Counter counter(HttpStatus status) {
    return Counter.builder("jeton.bridge.requests")
        .description("Requests to the legacy APIs, by instance and HTTP status")
        .tag("api", api)
        .tag("realm", realm)
        .tag("code", status.codeAsText())
        .register(registry);
  }
}
