package io.jeton.server.grpc;

import static io.jeton.server.grpc.LicenceCalls.asked;
import static io.jeton.server.grpc.LicenceCalls.binding;
import static io.jeton.server.grpc.LicenceCalls.licence;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import io.jeton.server.storage.Race;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.ExtendTokenRequest;
import io.jeton.v1.InactiveReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * 32 machines use one unbound licence at once, as programs do: verify, bind, verify again. One of
 * them has it, and goes on having it.
 */
class MachineRaceTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final int MACHINES = 32;
  private static final int ROUNDS = Integer.getInteger("jeton.test.machine-rounds", 20);
  private static final String MODULE = "MachineRace";

  private final LicenceCalls calls = new LicenceCalls(node);

  @Test
  void oneMachineWins_andStaysTheWinner() throws Exception {
    calls.addModule(MODULE);
    for (int round = 0; round < ROUNDS; round++) {
      String code = "T" + round;
      calls.issue(licence(MODULE, code));

      List<Race.Outcome<Boolean>> outcomes =
          Race.run(MACHINES, n -> () -> isUsable(code, machine(n)));

      assertThat(outcomes).as("round %d", round).allMatch(Race.Outcome::isWon);
      assertThat(outcomes).as("round %d", round).filteredOn(Race.Outcome::value).hasSize(1);
      if (round % 2 == 0) {
        forget(code);
      }
      for (int n = 0; n < MACHINES; n++) {
        boolean hasWon = outcomes.get(n).value();
        assertThat(calls.verify(asked(MODULE, code).setMachine(machine(n))).getActive())
            .isEqualTo(hasWon);
        if (hasWon) {
          // As the store has it too, not only this node's memory.
          assertThat(calls.get(MODULE, code).getMachine()).isEqualTo(machine(n));
        }
      }
    }
  }

  /** Has the node read the licence again: moving an end that there is not changes nothing. */
  private static void forget(String code) {
    node.tokens()
        .extendToken(
            ExtendTokenRequest.newBuilder()
                .setToken(code)
                .setModuleScope(LicenceCalls.in(MODULE))
                .setBySeconds(1)
                .build());
  }

  private static String machine(int n) {
    return "PC-" + n;
  }

  private boolean isUsable(String code, String machine) {
    InactiveReason reason = calls.reason(asked(MODULE, code).setMachine(machine));
    if (reason == InactiveReason.INACTIVE_REASON_MACHINE_UNBOUND) {
      try {
        calls.bind(binding(MODULE, code, machine));
      } catch (StatusRuntimeException e) {
        assertThat(e.getMessage()).contains("FAILED_PRECONDITION");
      }
    }
    return calls.verify(asked(MODULE, code).setMachine(machine)).getActive();
  }
}
