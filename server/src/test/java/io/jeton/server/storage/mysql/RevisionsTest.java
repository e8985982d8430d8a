package io.jeton.server.storage.mysql;

import static io.jeton.server.storage.Samples.ACTOR;
import static io.jeton.server.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Token;
import io.jeton.server.storage.MySqlStoreExtension;
import io.jeton.server.storage.Race;
import io.jeton.server.storage.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RevisionsTest {
  @RegisterExtension static final MySqlStoreExtension mysql = new MySqlStoreExtension();

  @Test
  void revokesAndGuessableInserts_writeOneRevisionEach_under16Threads() throws Exception {
    mysql.realms().ensure(Samples.realm("default"), NOW);
    Realm realm = mysql.realms().all().get(0);

    var outcomes =
        Race.run(
            16,
            n ->
                () -> {
                  List<Lookup> changed = new ArrayList<>();
                  for (int i = 0; i < 20; i++) {
                    boolean guessable = i % 2 == 0;
                    Token token = Samples.token(realm, 1 + n * 100 + i, "T" + n + "-" + i);
                    mysql.tokenWriter().insert(token, guessable, Optional.empty(), ACTOR);
                    mysql
                        .tokenWriter()
                        .revoke(realm, token.id(), NOW.plusSeconds(1), ACTOR, touched -> {});
                    mysql
                        .tokenWriter()
                        .revoke(realm, token.id(), NOW.plusSeconds(2), ACTOR, touched -> {});
                    changed.add(token.lookup());
                    if (guessable) {
                      changed.add(token.lookup());
                    }
                  }
                  return changed;
                });

    List<Lookup> changed = new ArrayList<>();
    outcomes.forEach(outcome -> changed.addAll(outcome.value()));
    assertThat(changed).hasSize(16 * 30);
    assertThat(mysql.revisions()).containsExactlyInAnyOrderElementsOf(changed);
    assertThat(mysql.query("SELECT DISTINCT change_time FROM revision"))
        .containsExactlyInAnyOrder(
            Long.toString(Micros.of(NOW)), Long.toString(Micros.of(NOW.plusSeconds(1))));
  }
}
