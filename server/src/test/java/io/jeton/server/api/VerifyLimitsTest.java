package io.jeton.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jeton.server.domain.RefusedException;
import io.jeton.v1.BatchVerifyTokensRequest;
import io.jeton.v1.VerifyTokenRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The limits checked by hand are those that the proto files state. */
class VerifyLimitsTest {
  private static final List<String> CHARACTERS = List.of("a", "é", "ẞ", "🎫");

  private final Validation stated = new Validation();

  @Test
  void everyTextAroundItsLimit_isJudgedAsStated() {
    for (String character : CHARACTERS) {
      for (int bytes : new int[] {0, 1, 62, 63, 64, 65, 127, 128, 129, 132, 4095, 4096, 4097}) {
        String text = text(character, bytes);
        VerifyTokenRequest.Builder valid = VerifyTokenRequest.newBuilder().setToken("t");
        assertSame(valid.clone().setToken(text).build());
        assertSame(valid.clone().setRealm(text).build());
        assertSame(valid.clone().setAppId(text).build());
        assertSame(valid.clone().setModuleIdentification("m").setIssuer(text).build());
        assertSame(valid.clone().addRequiredScopes("x").addRequiredScopes(text).build());
      }
    }
  }

  @Test
  void everyLengthAroundItsLimit_isJudgedAsStated() {
    for (String character : CHARACTERS) {
      for (int length : new int[] {1, 254, 255, 256, 510, 511}) {
        String text = character.repeat(length);
        VerifyTokenRequest.Builder valid =
            VerifyTokenRequest.newBuilder().setToken("t").setModuleIdentification("m");
        assertSame(valid.clone().setMachine(text).build());
        assertSame(valid.clone().setModuleIdentification(text).build());
        assertSame(valid.clone().setSubModule(text).build());
      }
    }
  }

  @Test
  void whereALicenceIs_isAskedWithItsModuleAlone() {
    VerifyTokenRequest valid = VerifyTokenRequest.newBuilder().setToken("t").build();

    assertThat(fields(() -> VerifyLimits.require(valid.toBuilder().setSubModule("s").build())))
        .containsExactly("sub_module");
    assertThat(fields(() -> VerifyLimits.require(valid.toBuilder().setIssuer("s").build())))
        .containsExactly("issuer");
    assertThat(fields(() -> VerifyLimits.require(valid.toBuilder().setMachine("s").build())))
        .isEmpty();
  }

  @Test
  void everyCountAroundItsLimit_isJudgedAsStated() {
    for (int count : new int[] {0, 1, 63, 64, 65, 99, 100, 101}) {
      VerifyTokenRequest.Builder request = VerifyTokenRequest.newBuilder().setToken("t");
      BatchVerifyTokensRequest.Builder batch = BatchVerifyTokensRequest.newBuilder();
      for (int i = 0; i < count; i++) {
        request.addRequiredScopes("s");
        batch.addRequests(VerifyTokenRequest.newBuilder().setToken("t"));
      }
      assertSame(request.build());
      assertThat(byHand(batch.build())).isEqualTo(asStated(batch.build()));
    }
  }

  @Test
  void aRequestInABatch_isJudgedAsAlone() {
    BatchVerifyTokensRequest batch =
        BatchVerifyTokensRequest.newBuilder()
            .addRequests(VerifyTokenRequest.newBuilder().setToken("t"))
            .addRequests(VerifyTokenRequest.getDefaultInstance())
            .build();
    assertThat(byHand(batch)).containsExactly("requests[1].token");
    assertThat(asStated(batch)).containsExactly("requests[1].token");
  }

  @Test
  void everyIdToActAs_isJudgedAsStated() {
    VerifyTokenRequest.Builder valid =
        VerifyTokenRequest.newBuilder().setToken("t").setAppId("app");
    for (String id :
        List.of("", "0", "01", "1", "-1", "+1", "a", "1a", "é", "１", "1 ", "9".repeat(18))) {
      assertSame(valid.clone().setActAsUser(id).build());
      assertSame(valid.clone().setActAsGroup(id).build());
    }
    assertSame(valid.clone().setActAsUser("9223372036854775807").build());
    assertSame(valid.clone().setActAsUser("1".repeat(20)).build());
  }

  @Test
  void whatOnlyWordsSayOfActs_isRefused() {
    VerifyTokenRequest.Builder act =
        VerifyTokenRequest.newBuilder().setToken("t").setActAsUser("1");

    assertThat(fields(() -> VerifyLimits.require(act.build()))).containsExactly("app_id");
    act.setAppId("app");
    assertThat(
            fields(
                () ->
                    VerifyLimits.require(act.clone().setActAsUser("9223372036854775808").build())))
        .containsExactly("act_as_user");
    assertThat(fields(() -> VerifyLimits.require(act.clone().setActAsGroup("2").build())))
        .containsExactly("act_as_group");
  }

  private void assertSame(VerifyTokenRequest request) {
    List<String> byHand = new ArrayList<>();
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> VerifyLimits.require(request));
    if (refused != null) {
      refused.fields().forEach(problem -> byHand.add(problem.field()));
    }
    assertThat(byHand).isEqualTo(fields(() -> stated.require(request)));
  }

  private static List<String> byHand(BatchVerifyTokensRequest batch) {
    return fields(() -> VerifyLimits.require(batch));
  }

  private List<String> asStated(BatchVerifyTokensRequest batch) {
    return fields(() -> stated.require(batch));
  }

  private static List<String> fields(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, call);
    return refused == null
        ? List.of()
        : refused.fields().stream().map(RefusedException.FieldProblem::field).toList();
  }

  /** A text of at least so many bytes of UTF-8, and less than one character more. */
  private static String text(String character, int bytes) {
    int each = character.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    return character.repeat((bytes + each - 1) / each);
  }
}
