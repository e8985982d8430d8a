package io.jeton.bridge.testing;

import io.jeton.bridge.CoreException;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.GetModuleRequest;
import io.jeton.v1.GetModuleResponse;
import io.jeton.v1.Module;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The modules of a {@link FakeCore}. */
final class FakeModules {
  private final List<Module> modules = new ArrayList<>();
  private final Map<String, String> zones = new HashMap<>();

  void setZone(String realm, String zone) {
    zones.put(realm, zone);
  }

  void put(Module module) {
    modules.removeIf(
        each ->
            each.getRealm().equals(module.getRealm())
                && fold(each.getName()).equals(fold(module.getName())));
    modules.add(module);
  }

  GetModuleResponse get(GetModuleRequest request) {
    String realm = request.getRealm().isEmpty() ? "default" : request.getRealm();
    Optional<Module> found =
        switch (request.getByCase()) {
          case NAME -> byName(realm, request.getName());
          case IDENTIFICATION -> byIdentification(realm, request.getIdentification());
          case BY_NOT_SET -> throw new CoreException(ErrorReason.ERROR_REASON_FIELD_INVALID);
        };
    Module module =
        found.orElseThrow(() -> new CoreException(ErrorReason.ERROR_REASON_MODULE_NOT_FOUND));
    return GetModuleResponse.newBuilder()
        .setModule(module.toBuilder().setTimeZone(zones.getOrDefault(realm, "UTC")))
        .build();
  }

  Optional<Module> byName(String realm, String name) {
    return find(realm, module -> fold(module.getName()).equals(fold(name)));
  }

  Optional<Module> byIdentification(String realm, String identification) {
    return find(realm, module -> module.getIdentification().equals(identification));
  }

  /** Whether two names are the same but for case and width. */
  static boolean isSame(String name, String other) {
    return fold(name).equals(fold(other));
  }

  private Optional<Module> find(String realm, Predicate<Module> matches) {
    return modules.stream()
        .filter(each -> each.getRealm().equals(realm) && matches.test(each))
        .findFirst();
  }

  private static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
