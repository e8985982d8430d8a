package io.jeton.server;

import com.linecorp.armeria.server.HttpService;
import io.jeton.bridge.Bridge;
import io.jeton.bridge.Core;
import io.jeton.bridge.Instances;
import io.jeton.bridge.Mounted;
import io.jeton.bridge.SettingsException;
import io.jeton.server.config.ConfigException;
import io.jeton.server.config.JetonConfig;
import io.jeton.server.config.SecretReference;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The contract instances that a configuration asks for. */
final class ContractInstances {
  private ContractInstances() {}

  /**
   * Makes them. Blocks, to read the secrets that they refer to.
   *
   * @throws ConfigException for the first setting that cannot be used
   */
  static List<Mounted> of(
      JetonConfig config, Map<String, String> environment, Core core, InstantSource clock)
      throws ConfigException {
    try {
      return Instances.of(
          config.contracts().orElseGet(Instances::defaults),
          reference -> secret(reference, environment),
          core,
          clock);
    } catch (SettingsException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    } catch (UnreadableSecretException e) {
      throw e.problem;
    }
  }

  /** What answers their paths, and every other that no service has. */
  static HttpService service(List<Mounted> instances, JetonConfig config) {
    return Bridge.unowned();
  }

  /**
   * Lets each tell the core what it needs, as often as it takes.
   *
   * @return what ends the attempts
   */
  static Runnable prepare(List<Mounted> instances) {
    List<CompletableFuture<Void>> attempts =
        instances.stream().map(each -> each.contract().prepare()).toList();
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
