package io.jeton.server.grpc;

import static io.jeton.server.grpc.LicenceCalls.asked;
import static io.jeton.server.grpc.LicenceCalls.binding;
import static io.jeton.server.grpc.LicenceCalls.licence;
import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.testing.Failure;
import io.jeton.server.testing.NodeExtension;
import io.jeton.v1.BindTokenRequest;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.IssueTokenRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code BindToken} to a machine, on a real node. */
class BindMachineTest {
  @RegisterExtension static final NodeExtension node = new NodeExtension();

  private static final AtomicInteger MODULES = new AtomicInteger();

  private final LicenceCalls calls = new LicenceCalls(node);
  private String demo;

  @BeforeEach
  void addModule() {
    demo = "Bind-" + MODULES.incrementAndGet();
    calls.addModule(demo);
  }

  @Test
  void bind_isSeenByTheNextVerification_alsoOfWhatIsHeldInMemory() {
    calls.issue(licence(demo, "T1"));
    assertThat(calls.reason(asked(demo, "T1").setMachine("PC-7")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_MACHINE_UNBOUND);

    assertThat(calls.bind(binding(demo, "T1", "PC-7")).getMachine()).isEqualTo("PC-7");

    assertThat(calls.verify(asked(demo, "T1").setMachine("pc-7")).getToken().getMachine())
        .isEqualTo("PC-7");
    assertThat(calls.reason(asked(demo, "T1").setMachine("PC-8")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_WRONG_MACHINE);
  }

  @Test
  void bind_again_isOkInAnyCase_keepsTheFirst_andIsRefusedToAnother() {
    calls.issue(licence(demo, "T1"));
    calls.bind(binding(demo, "T1", "PC-7"));

    assertThat(calls.bind(binding(demo, "T1", "pc-7")).getMachine()).isEqualTo("PC-7");
    assertThat(kind(binding(demo, "T1", "PC-8"))).isEqualTo("FAILED_PRECONDITION TOKEN_BOUND");
    assertThat(calls.get(demo, "T1").getMachine()).isEqualTo("PC-7");
  }

  @Test
  void rebind_replacesAndUnbinds_alsoWhenExpiredOrOverdue() {
    calls.issue(licence(demo, "T1").setExpireTime(calls.in(Duration.ofSeconds(5))));
    calls.bind(binding(demo, "T1", "PC-7"));
    assertThat(calls.bind(binding(demo, "T1", "PC-8").setRebind(true)).getMachine())
        .isEqualTo("PC-8");
    assertThat(calls.reason(asked(demo, "T1").setMachine("PC-7")))
        .isEqualTo(InactiveReason.INACTIVE_REASON_WRONG_MACHINE);

    node.clock().advance(Duration.ofSeconds(5));
    calls.disable(demo, true);
    assertThat(calls.bind(binding(demo, "T1", "").setRebind(true)).getMachine()).isEmpty();
    assertThat(calls.bind(binding(demo, "T1", "PC-9").setRebind(true)).getMachine())
        .isEqualTo("PC-9");
    assertThat(calls.get(demo, "T1").getMachine()).isEqualTo("PC-9");
  }

  @Test
  void bind_refusesWhatIsNotActive() {
    calls.issue(licence(demo, "T1"));
    calls.issue(licence(demo, "T2").setExpireTime(calls.in(Duration.ofSeconds(-5))));
    calls.issue(licence(demo, "T3"));
    calls.revoke(demo, "T3");

    assertThat(kind(binding(demo, "T2", "PC-7"))).isEqualTo("FAILED_PRECONDITION TOKEN_INACTIVE");
    assertThat(kind(binding(demo, "T3", "PC-7"))).isEqualTo("FAILED_PRECONDITION TOKEN_INACTIVE");
    assertThat(kind(binding(demo, "T3", "PC-7").setRebind(true)))
        .isEqualTo("FAILED_PRECONDITION TOKEN_INACTIVE");
    assertThat(kind(binding(demo, "T4", "PC-7"))).isEqualTo("NOT_FOUND TOKEN_NOT_FOUND");
    assertThat(kind(binding("absent-" + demo, "T1", "PC-7")))
        .isEqualTo("NOT_FOUND MODULE_NOT_FOUND");
    calls.disable(demo, true);
    assertThat(kind(binding(demo, "T1", "PC-7"))).isEqualTo("FAILED_PRECONDITION MODULE_INACTIVE");
    calls.disable(demo, false);
    assertThat(calls.bind(binding(demo, "T1", "PC-7")).getMachine()).isEqualTo("PC-7");
  }

  @Test
  void bind_refusesFieldsThatDoNotGoTogether() {
    calls.issue(licence(demo, "T1"));
    String plain =
        node.tokens().issueToken(IssueTokenRequest.getDefaultInstance()).getToken().getId();

    assertThat(fields(binding(demo, "T1", ""))).containsExactly("machine");
    assertThat(fields(binding(demo, "T1", "m".repeat(256)))).containsExactly("machine");
    assertThat(fields(binding(demo, "T1", "PC-7").addScopes("read"))).containsExactly("scopes");
    assertThat(fields(binding(demo, "T1", "PC-7").setSubject("s").setRebind(true)))
        .containsExactly("rebind");
    assertThat(fields(BindTokenRequest.newBuilder().setId(plain).setMachine("PC-7")))
        .containsExactly("machine");
    assertThat(fields(binding(demo, "T1", "PC-7").setId(plain))).containsExactly("module_scope");
  }

  @Test
  void bindToASubject_keepsTheLicenceAndItsMachine() {
    calls.issue(licence(demo, "T1"));
    calls.bind(binding(demo, "T1", "PC-7"));

    calls.bind(binding(demo, "T1", "").setSubject("alice"));

    assertThat(calls.verify(asked(demo, "T1").setMachine("PC-7")).getToken().getSubject())
        .isEqualTo("alice");
  }

  private String kind(BindTokenRequest.Builder request) {
    return Failure.of(() -> calls.bind(request)).kind();
  }

  private List<String> fields(BindTokenRequest.Builder request) {
    return Failure.of(() -> calls.bind(request)).fields();
  }
}
