package io.jeton.bridge;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Makes the contract instances that the configuration asks for. */
public final class Instances {
  private static final String KEY = "contracts";

  /** Where each contract is mounted unless its instance says otherwise. */
  private static final Map<String, List<String>> PREFIXES =
      Map.of("thinksns", List.of("/api/v2", ""));

  private Instances() {}

  /** The key {@code contracts:} of a configuration that has none. */
  public static List<Map<String, Object>> defaults() {
    return Contracts.names().stream()
        .map(name -> Map.<String, Object>of("contract", name))
        .toList();
  }

  /**
   * Makes the instances, in the order of the configuration.
   *
   * @param contracts the value of the key {@code contracts:}
   * @param secrets reads a secret by its reference, {@code env:NAME} or {@code file:PATH}
   * @throws SettingsException for the first setting that cannot be used
   */
  public static List<Mounted> of(
      List<Map<String, Object>> contracts,
      UnaryOperator<String> secrets,
      Core core,
      InstantSource clock) {
    List<Mounted> mounts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Map<String, String> owners = new HashMap<>();
    for (int i = 0; i < contracts.size(); i++) {
      InstanceSettings settings =
          new InstanceSettings(KEY + "[" + i + "]", contracts.get(i), secrets);
      Mounted mounted = mount(settings, core, clock);
      if (!names.add(mounted.realm() + "/" + mounted.name())) {
        throw SettingsException.of(
            settings.key() + ".name",
            mounted.name(),
            "another name than the other instances of the realm have");
      }
      for (String prefix : mounted.prefixes()) {
        if (owners.put(settings.contract() + " " + prefix, settings.key()) != null) {
          throw SettingsException.of(
              settings.key() + ".prefixes",
              prefix.isEmpty() ? "\"\"" : prefix,
              "another prefix than the other instances of " + settings.contract() + " have");
        }
      }
      mounts.add(mounted);
    }
    return List.copyOf(mounts);
  }

  private static Mounted mount(InstanceSettings settings, Core core, InstantSource clock) {
    Contracts.Factory factory = Contracts.factory(settings.contract());
    List<String> prefixes =
        settings.prefixes(PREFIXES.getOrDefault(settings.contract(), List.of("")));
    Mounted mounted =
        new Mounted(
            factory.of(settings, core, clock),
            settings.name(),
            settings.realm(),
            prefixes,
            settings.publicUrl());
    settings.requireNothingElse();
    return mounted;
  }
}
