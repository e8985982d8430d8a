package io.jeton.bridge;

import io.jeton.bridge.contract.animeloop.Animeloop;
import io.jeton.bridge.contract.chatot.Chatot;
import io.jeton.bridge.contract.lanying.Lanying;
import io.jeton.bridge.contract.liveget.Liveget;
import io.jeton.bridge.contract.thinksns.Thinksns;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The contracts that there are, by their names. */
final class Contracts {
  private static final Map<String, Factory> FACTORIES =
      new TreeMap<>(
          Map.of(
              "animeloop", Animeloop::of,
              "chatot", Chatot::of,
              "lanying", Lanying::of,
              "liveget", Liveget::of,
              "thinksns", Thinksns::of));

  private Contracts() {}

  static List<String> names() {
    return List.copyOf(FACTORIES.keySet());
  }

  static Factory factory(String name) {
    return Objects.requireNonNull(FACTORIES.get(name));
  }

  /** What makes instances of a contract. */
  interface Factory {
    /**
     * Reads the settings of an instance.
     *
     * @throws SettingsException when a setting cannot be used
     */
    BiFunction<Core, InstantSource, Contract> of(InstanceSettings settings);
  }
}
