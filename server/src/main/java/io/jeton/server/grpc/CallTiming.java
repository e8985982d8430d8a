package io.jeton.server.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.jeton.v1.ServedFrom;
import io.jeton.v1.VerifyTokenResponse;
import io.netty.util.AttributeKey;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of one call went, for a caller who asked. Safe for use by several threads; never
 * blocks.
 */
public final class CallTiming {
  private static final AttributeKey<CallTiming> OF_A_CALL =
      AttributeKey.valueOf(CallTiming.class, "TIMING");
  private static final ThreadLocal<@Nullable CallTiming> OF_A_THREAD = new ThreadLocal<>();

  private final long begin = System.nanoTime();
  private final AtomicLong waited = new AtomicLong();
  private final AtomicLong stored = new AtomicLong();
  private volatile String layer = "";

  private CallTiming() {}

  /** Begins with the call of a context. */
  static CallTiming begin(ServiceRequestContext context) {
    CallTiming timing = new CallTiming();
    context.setAttr(OF_A_CALL, timing);
    return timing;
  }

  /**
   * An executor that notes, of calls whose timing was asked for, how long they wait for a thread
   * and what they ask the database there.
   */
  static Executor noting(Executor executor) {
    return task -> {
      ServiceRequestContext context = ServiceRequestContext.currentOrNull();
      CallTiming timing = context == null ? null : context.attr(OF_A_CALL);
      executor.execute(timing == null ? task : timing.noted(task));
    };
  }

  /** Notes a question to the database of the call that this thread works for, if any is timed. */
  public static void stored(long nanos) {
    CallTiming timing = OF_A_THREAD.get();
    if (timing != null) {
      timing.stored.addAndGet(nanos);
    }
  }

  private Runnable noted(Runnable task) {
    long submitted = System.nanoTime();
    return () -> {
      waited.addAndGet(System.nanoTime() - submitted);
      OF_A_THREAD.set(this);
      try {
        task.run();
      } finally {
        OF_A_THREAD.remove();
      }
    };
  }

  /** Notes which layer an answer came from, if it says so. */
  void answered(Object message) {
    if (message instanceof VerifyTokenResponse response) {
      if (response.getServedFrom() == ServedFrom.SERVED_FROM_CACHE) {
        layer = "cache";
      } else if (response.getServedFrom() == ServedFrom.SERVED_FROM_STORE) {
        layer = "store";
      }
    }
  }

  /** What is told: the form of a Server-Timing header, in milliseconds. */
  String text() {
    long total = System.nanoTime() - begin;
    StringBuilder text = new StringBuilder();
    if (!layer.isEmpty()) {
      // A verification is in one layer from its beginning to its end.
      append(text, layer, total);
    } else if (waited.get() > 0) {
      append(text, "wait", waited.get());
      append(text, "store", stored.get());
    }
    return append(text, "total", total).toString();
  }

  private static StringBuilder append(StringBuilder text, String name, long nanos) {
    return text.append(text.length() == 0 ? "" : ", ")
        .append(name)
        .append(String.format(Locale.ROOT, ";dur=%.3f", nanos / 1e6));
  }
}
