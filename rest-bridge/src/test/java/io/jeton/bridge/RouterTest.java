package io.jeton.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import io.jeton.bridge.testing.FakeCore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
  @Test
  void owner_isTheStrongestClaim_overAllInstancesAndPrefixes() {
    Router router =
        new Router(
            List.of(
                mounted("rest", "/none", List.of("")),
                mounted("auth", "/login", List.of("/api/v2", ""))));
    assertThat(owner(router, "/login")).isEqualTo("auth  /login");
    assertThat(owner(router, "/api/v2/login")).isEqualTo("auth /api/v2 /login");
    assertThat(owner(router, "/api/v2/other")).isEqualTo("auth /api/v2 /other");
    assertThat(owner(router, "/api/v2")).isEqualTo("auth /api/v2 /");
    assertThat(owner(router, "/api/v20")).isEqualTo("rest  /api/v20");
    assertThat(owner(router, "/other")).isEqualTo("rest  /other");
  }

  @Test
  void owner_isTheFirst_ofEqualClaims() {
    Router router =
        new Router(List.of(mounted("a", "/x", List.of("")), mounted("b", "/x", List.of(""))));
    assertThat(owner(router, "/x")).isEqualTo("a  /x");
    assertThat(owner(router, "/y")).isEqualTo("a  /y");
  }

  @Test
  void owner_isNobody_outsideOfEveryPrefix() {
    Router router = new Router(List.of(mounted("a", "/x", List.of("/p"))));
    assertThat(router.owner("/x")).isEmpty();
    assertThat(new Router(List.of()).owner("/")).isEmpty();
  }

  @Test
  void lanying_ownsItsCalls_andBelowTokenWhatNobodyElseDoes() {
    Router together = new Router(mount(Instances.defaults()));
    for (String call : List.of("/token/id", "/token/login", "/token/user")) {
      assertThat(owner(together, call)).isEqualTo("lanying  " + call);
    }
    for (String other : List.of("/token", "/token/", "/token/x", "/token/id/", "/x", "/")) {
      assertThat(owner(together, other)).isEqualTo("chatot  " + other);
    }
    assertThat(owner(together, "/tokens/x")).isEqualTo("thinksns  /tokens/x");
    assertThat(owner(together, "/api/v2/token/id")).isEqualTo("thinksns /api/v2 /token/id");

    Router alone = new Router(mount(List.of(Map.of("contract", "lanying"))));
    assertThat(owner(alone, "/token/x")).isEqualTo("lanying  /token/x");
    assertThat(owner(alone, "/token/id/")).isEqualTo("lanying  /token/id/");
    assertThat(owner(alone, "/")).isEqualTo("lanying  /");
    for (String other : List.of("/token", "/tokens/x", "/x")) {
      assertThat(alone.owner(other)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v2/auth/token, animeloop",
    "/auth/token, animeloop",
    "/auth/Token/, animeloop",
    "/auth/token/new, animeloop",
    "/api/v2/auth/token/REVOKE, animeloop",
    "/auth/token/x, animeloop",
    "/api/v2/auth/TOKEN/x/y, animeloop",
    "/auth/token//, animeloop",
    "/auth/tokens, thinksns",
    "/auth/%74oken, thinksns",
    "/auth/login, thinksns",
    "/auth/x, thinksns",
    "/api/v2/auth, thinksns",
    "/api/v2/token, thinksns",
    "/tokens/new, thinksns",
    "/token/id, lanying",
    "/token/login, lanying",
    "/token/user, lanying",
    "/token/create, liveget",
    "/token/random/, liveget",
    "/api/v2/token/create, thinksns",
    "/api/v2/token/id, thinksns",
    "/token, chatot",
    "/token/new, chatot",
    "/auth, chatot",
    "/, chatot",
  })
  void owner_isTheContractThatDocumentsThePath(String path, String contract) {
    Router router = new Router(mount(Instances.defaults()));
    assertThat(router.owner(path).orElseThrow().mounted().name()).isEqualTo(contract);
  }

  @ParameterizedTest
  @CsvSource({
    // Which one is off, a path, and who answers it then.
    "animeloop, /auth/token, thinksns",
    "animeloop, /api/v2/auth/token/new, thinksns",
    "chatot, /token/x, lanying",
    "chatot, /, lanying",
    "chatot, /token, ",
    "chatot, /x, ",
    "chatot, /api/v2/x, thinksns",
    "lanying, /token/id, chatot",
    "liveget, /token/create, chatot",
    "thinksns, /auth/login, chatot",
    "thinksns, /api/v2/x, chatot",
    "thinksns, /tokens/x, chatot",
    "thinksns, /api/v2/auth/token/x, animeloop",
  })
  void owner_isTheNext_withAContractSwitchedOff(String off, String path, String next) {
    List<Map<String, Object>> others =
        Instances.defaults().stream().filter(each -> !each.get("contract").equals(off)).toList();
    assertThat(others).hasSize(4);
    assertThat(new Router(mount(others)).owner(path).map(owner -> owner.mounted().name()))
        .isEqualTo(Optional.ofNullable(next));
  }

  @Test
  void animeloop_ownsNothingElse() {
    Router alone = new Router(mount(List.of(Map.of("contract", "animeloop"))));
    assertThat(owner(alone, "/auth/token/x")).isEqualTo("animeloop  /auth/token/x");
    assertThat(alone.owner("/auth/x")).isEmpty();
    assertThat(alone.owner("/api/v2")).isEmpty();
  }

  @Test
  void liveget_ownsItsCalls_withASlashBehindThemToo() {
    Router together = new Router(mount(Instances.defaults()));
    for (String name :
        List.of("create", "delete", "verify", "info", "setMachine", "renew", "random")) {
      assertThat(owner(together, "/token/" + name)).isEqualTo("liveget  /token/" + name);
      assertThat(owner(together, "/token/" + name + "/")).startsWith("liveget ");
      assertThat(owner(together, "/api/v2/token/" + name)).startsWith("thinksns ");
    }
    assertThat(owner(together, "/token/Create")).startsWith("chatot ");
  }

  private static List<Mounted> mount(List<Map<String, Object>> contracts) {
    InstantSource clock = InstantSource.system();
    return Instances.of(contracts, reference -> reference).mount(new FakeCore(clock), clock);
  }

  private static String owner(Router router, String path) {
    Owner owner = router.owner(path).orElseThrow();
    return owner.mounted().name() + " " + owner.prefix() + " " + owner.path();
  }

  private static Mounted mounted(String name, String documented, List<String> prefixes) {
    Contract contract =
        new Contract() {
          @Override
          public int claim(String prefix, String path) {
            return path.equals(documented) ? DOCUMENTED : prefix.length();
          }

          @Override
          public CompletableFuture<AggregatedHttpResponse> answer(Inquiry inquiry) {
            throw new AssertionError();
          }

          @Override
          public AggregatedHttpResponse refuse(Inquiry inquiry, Problem problem) {
            throw new AssertionError();
          }
        };
    return new Mounted(contract, name, "default", prefixes, Optional.empty());
  }
}
