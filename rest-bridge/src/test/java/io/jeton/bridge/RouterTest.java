package io.jeton.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import io.jeton.bridge.testing.FakeCore;
import io.jeton.bridge.testing.SettableClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

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
  void owner_ofLivegetsPaths_isLiveget_andOfOthersUnderTokenChatot() {
    SettableClock clock = new SettableClock(Instant.EPOCH);
    Router router =
        new Router(
            Instances.of(Instances.defaults(), reference -> reference)
                .mount(new FakeCore(clock), clock));
    for (String name :
        List.of("create", "delete", "verify", "info", "setMachine", "renew", "random")) {
      assertThat(owner(router, "/token/" + name)).isEqualTo("liveget  /token/" + name);
      assertThat(owner(router, "/token/" + name + "/")).startsWith("liveget ");
    }
    for (String path : List.of("/token", "/token/", "/token/x", "/token/Create", "/x", "/")) {
      assertThat(owner(router, path)).startsWith("chatot ");
    }
    assertThat(owner(router, "/api/v2/token/create")).startsWith("thinksns ");
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
