package io.jeton.bridge;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** The contract instances that the configuration asks for, their settings read and checked. */
public final class Instances {
  private static final String KEY = "contracts";

  /** Where each contract is mounted unless its instance says otherwise. */
  private static final Map<String, List<String>> PREFIXES =
      Map.of("animeloop", List.of("/api/v2", ""), "thinksns", List.of("/api/v2", ""));

  private final List<Planned> instances;

  private Instances(List<Planned> instances) {
    this.instances = List.copyOf(instances);
  }

  /** An instance that nothing answers for yet. */
  private record Planned(
      BiFunction<Core, InstantSource, Contract> contract,
      String name,
      String realm,
      List<String> prefixes,
      Optional<String> publicUrl) {
    Mounted mount(Core core, InstantSource clock) {
      return new Mounted(contract.apply(core, clock), name, realm, prefixes, publicUrl);
    }
  }

  /** The key {@code contracts:} of a configuration that has none. */
  public static List<Map<String, Object>> defaults() {
    return Contracts.names().stream()
        .map(name -> Map.<String, Object>of("contract", name))
        .toList();
  }

  /**
   * Reads their settings.
   *
   * @param contracts the value of the key {@code contracts:}
   * @param secrets reads a secret by its reference, {@code env:NAME} or {@code file:PATH}
   * @throws SettingsException for the first setting that cannot be used
   */
  public static Instances of(List<Map<String, Object>> contracts, UnaryOperator<String> secrets) {
    List<Planned> instances = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Map<String, String> owners = new HashMap<>();
    for (int i = 0; i < contracts.size(); i++) {
      InstanceSettings settings =
          new InstanceSettings(KEY + "[" + i + "]", contracts.get(i), secrets);
      Planned instance = plan(settings);
      if (!names.add(instance.realm() + "/" + instance.name())) {
        throw SettingsException.of(
            settings.key() + ".name",
            instance.name(),
            "another name than the other instances of the realm have");
      }
      for (String prefix : instance.prefixes()) {
        if (owners.put(settings.contract() + " " + prefix, settings.key()) != null) {
          throw SettingsException.of(
              settings.key() + ".prefixes",
              prefix.isEmpty() ? "\"\"" : prefix,
              "another prefix than the other instances of " + settings.contract() + " have");
        }
      }
      instances.add(instance);
    }
    return new Instances(instances);
  }

  /** Makes the instances, in the order of the configuration, to answer from a core. */
  public List<Mounted> mount(Core core, InstantSource clock) {
    return instances.stream().map(instance -> instance.mount(core, clock)).toList();
  }

  private static Planned plan(InstanceSettings settings) {
    Contracts.Factory factory = Contracts.factory(settings.contract());
    List<String> prefixes =
        settings.prefixes(PREFIXES.getOrDefault(settings.contract(), List.of("")));
    Planned instance =
        new Planned(
            factory.of(settings),
            settings.name(),
            settings.realm(),
            prefixes,
            settings.publicUrl());
    settings.requireNothingElse();
    return instance;
  }
}
