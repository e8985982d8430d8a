package io.jeton.server.api;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.protobuf.InvalidProtocolBufferException;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.crypto.Lookups;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Epochs;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.Verdict;
import io.jeton.v1.ServedFrom;
import io.jeton.v1.VerifyTokenRequest;
import io.jeton.v1.VerifyTokenResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a verification from the cache is made of, and the whole of it without the network. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx2g"})
public class VerifyBenchmark {
  private static final Realm REALM = new Realm(1, RealmName.DEFAULT);
  private static final int REQUESTS = 1 << 16;

  /** How many tokens the cache holds; one alone hides what memory costs. */
  @Param({"1", "1000000"})
  public int tokens;

  private final LongAdder counted = new LongAdder();
  private final String[] secrets = new String[REQUESTS];
  private final byte[][] requests = new byte[REQUESTS][];
  private final Lookup[] lookups = new Lookup[REQUESTS];
  private TokenCache cache;
  private VerifyTokens verify;
  private Token one;
  private int next;

  /** Fills the cache, and picks from it uniformly. */
  @Setup(Level.Trial)
  public void fill() {
    cache =
        new TokenCache(
            VerifyBenchmark::stored,
            new TokenCache.Settings(1L << 30, 1_000, Duration.ofSeconds(5), Duration.ofSeconds(30), 1, 10_000),
            Ticker.systemTicker());
    for (int i = 0; i < tokens; i++) {
      // One after the other, because only so many may wait.
      cache.load(Lookups.ofToken(RealmName.DEFAULT, secret(i))).join();
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < REQUESTS; i++) {
      secrets[i] = secret(random.nextInt(tokens));
      lookups[i] = Lookups.ofToken(RealmName.DEFAULT, secrets[i]);
      requests[i] = VerifyTokenRequest.newBuilder().setToken(secrets[i]).build().toByteArray();
    }
    one = stored(List.of(lookups[0])).get(lookups[0]);
    // Modules, uses, adoptions and acts are not on the way of a plain token that is in the cache.
    verify =
        new VerifyTokens(
            new Access(() -> Map.of(RealmName.DEFAULT.value(), REALM)),
            cache,
            null,
            null,
            new Epochs(),
            null,
            null,
            (realm, application) -> false,
            Clock.systemUTC(),
            (verdict, servedFrom) -> counted.increment());
  }

  /** Ends the cache's threads. */
  @TearDown(Level.Trial)
  public void end() {
    cache.close();
  }

  /** From a secret to what its token is found by. */
  @Benchmark
  public Lookup digest() {
    return Lookups.ofToken(RealmName.DEFAULT, secrets[pick()]);
  }

  /** From bytes to a request. */
  @Benchmark
  public VerifyTokenRequest decode() throws InvalidProtocolBufferException {
    return VerifyTokenRequest.parseFrom(requests[pick()]);
  }

  /** From a look-up to its token. */
  @Benchmark
  public Token cacheHit() {
    return cache.cached(lookups[pick()]);
  }

  /** Whether a token is active. */
  @Benchmark
  public Verdict decision() {
    return Verdict.judge(one, List.of(), "", Micros.of(Instant.now()));
  }

  /** From a token to the answer's bytes. */
  @Benchmark
  public byte[] encode() {
    return VerifyTokenResponse.newBuilder()
        .setActive(true)
        .setServedFrom(ServedFrom.SERVED_FROM_CACHE)
        .setToken(Messages.token(one))
        .build()
        .toByteArray();
  }

  /** From a request's bytes to the answer's, without the network. */
  @Benchmark
  public byte[] whole() throws InvalidProtocolBufferException {
    VerifyTokenRequest request = VerifyTokenRequest.parseFrom(requests[pick()]);
    VerifyTokenResponse response =
        verify
            .verify(
                request,
                Caller.SERVER,
                () -> {
                  throw new IllegalStateException("only a token that is taken over asks for it");
                })
            .join();
    if (!response.getActive()) {
      throw new IllegalStateException("a token is not active");
    }
    return response.toByteArray();
  }

  private int pick() {
    return next++ & (REQUESTS - 1);
  }

  private static String secret(int token) {
    return "bench-%046d".formatted(token);
  }

  private static Map<Lookup, Token> stored(Collection<Lookup> keys) {
    Map<Lookup, Token> found = new HashMap<>();
    Instant now = Instant.now();
    for (Lookup key : keys) {
      Token.Attributes attributes =
          new Token.Attributes(
              "access",
              "u" + (key.hashCode() & 0xffff),
              Scopes.of(List.of("profile", "write")),
              "",
              Optional.empty(),
              Optional.of(now.plus(Duration.ofDays(30))));
      found.put(
          key, Token.of(key, new TokenId(1_234_567), REALM, attributes, now, Optional.empty()));
    }
    return found;
  }
}
