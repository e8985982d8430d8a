package io.jeton.server;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerErrorHandler;
import io.jeton.bridge.Bridge;
import io.jeton.bridge.Core;
import io.jeton.bridge.Instances;
import io.jeton.bridge.Mounted;
import io.jeton.bridge.SettingsException;
import io.jeton.bridge.TrustedProxies;
import io.jeton.bridge.openapi.OpenApi;
import io.jeton.server.config.ConfigException;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.config.SecretReference;
import io.jeton.server.domain.RealmName;
import io.jeton.server.watch.AccessLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelPipeline;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The contract instances that a configuration asks for, and what answers for them. */
final class ContractInstances {
  private final List<Mounted> mounts;
  private final List<Mounted> answering;
  private final TrustedProxies proxies;

  private ContractInstances(List<Mounted> mounts, List<Mounted> answering, TrustedProxies proxies) {
    this.mounts = mounts;
    this.answering = answering;
    this.proxies = proxies;
  }

  /** What they are made from: settings that can be used. */
  record Settings(Instances instances, TrustedProxies proxies) {
    /**
     * Reads them. Blocks, to read the secrets that they refer to.
     *
     * @throws ConfigException for the first setting that cannot be used
     */
    static Settings read(JetonConfig config, Map<String, String> environment)
        throws ConfigException {
      try {
        return new Settings(
            Instances.of(
                config.contracts().orElseGet(Instances::defaults),
                reference -> secret(reference, environment)),
            TrustedProxies.of(config.trustedProxies()));
      } catch (SettingsException e) {
        throw new ConfigException(String.valueOf(e.getMessage()));
      } catch (UnreadableSecretException e) {
        throw e.problem;
      }
    }

    /** Makes the instances. */
    ContractInstances mount(Core core, InstantSource clock) {
      List<Mounted> mounts = instances.mount(core, clock);
      return new ContractInstances(mounts, mounts, proxies);
    }
  }

  /** The log of calls that a configuration asks for. */
  static AccessLog accessLog(JetonConfig config) {
    return new AccessLog(AccessLog.Which.valueOf(config.log().access().name()));
  }

  /** The same, whose answers are counted and logged. */
  ContractInstances measured(MeterRegistry metrics, AccessLog log) {
    return new ContractInstances(
        mounts,
        mounts.stream().map(each -> MeasuredContract.of(each, metrics, log)).toList(),
        proxies);
  }

  /** Them all, in the order of the configuration. */
  List<Mounted> mounts() {
    return mounts;
  }

  /** Which contracts they are of, as far as they are as documented. */
  List<String> contracts() {
    return mounts.stream()
        .filter(mounted -> mounted.realm().equals(RealmName.DEFAULT.value()))
        .map(Mounted::name)
        .toList();
  }

  /** The realms that they serve. */
  List<RealmName> realms() {
    return mounts.stream().map(Mounted::realm).distinct().map(RealmName::new).toList();
  }

  /** What answers their paths, and every other that no service has. */
  HttpService service() {
    return Bridge.service(answering, proxies);
  }

  /** What lets them be asked also when the query cannot be decoded. */
  Consumer<ChannelPipeline> queries(boolean isTls) {
    return Bridge.queries(isTls);
  }

  /** What answers the requests that no service could. */
  ServerErrorHandler failures() {
    return Bridge.failures(answering, proxies);
  }

  /** An OpenAPI document of them, as JSON. Blocks, to read it. */
  byte[] description() {
    return OpenApi.document(mounts);
  }

  /**
   * Lets each tell the core what it needs, as often as it takes.
   *
   * @return what ends the attempts
   */
  Runnable prepare() {
    List<CompletableFuture<Void>> attempts =
        mounts.stream().map(each -> each.contract().prepare()).toList();
    return () -> attempts.forEach(attempt -> attempt.cancel(false));
  }

  private static String secret(String reference, Map<String, String> environment) {
    try {
      return new SecretReference(reference).resolve("contracts", environment).reveal();
    } catch (ConfigException e) {
      throw new UnreadableSecretException(e);
    }
  }

  /** Carries the problem out of the bridge. */
  private static final class UnreadableSecretException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ConfigException problem;

    UnreadableSecretException(ConfigException problem) {
      super(null, problem, false, false);
      this.problem = problem;
    }
  }
}
