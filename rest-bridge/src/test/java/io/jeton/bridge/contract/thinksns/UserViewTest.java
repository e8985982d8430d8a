package io.jeton.bridge.contract.thinksns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Timestamp;
import io.jeton.v1.Account;
import org.junit.jupiter.api.Test;

class UserViewTest {
  @Test
  void of_takesTheAccountsOwnTimes_whenTheProfileHasNone() {
    Account account =
        account("{}").toBuilder()
            .setCreateTime(Timestamp.newBuilder().setSeconds(1_496_393_034L).setNanos(999))
            .setUpdateTime(Timestamp.newBuilder().setSeconds(1_500_955_179L))
            .build();
    ObjectNode user = UserView.of(account);
    assertThat(user.get("created_at").textValue()).isEqualTo("2017-06-02 08:43:54");
    assertThat(user.get("updated_at").textValue()).isEqualTo("2017-07-25 03:59:39");
    assertThat(user.get("wallet").get("created_at").textValue()).isEqualTo("2017-06-02 08:43:54");
    assertThat(user.get("extra").get("updated_at").textValue()).isEqualTo("2017-07-25 03:59:39");
  }

  @Test
  void of_keepsToTheDocumentsTypes_whateverAProfileHolds() {
    ObjectNode user =
        UserView.of(
            account(
                "{\"bio\":5,\"sex\":\"2\",\"location\":[],\"created_at\":1,\"avatar\":{},"
                    + "\"verified\":true,\"extra\":[1],\"wallet\":\"x\",\"id\":99,\"name\":\"y\"}"));
    assertThat(user.get("bio").isNull()).isTrue();
    assertThat(user.get("sex").intValue()).isEqualTo(2);
    assertThat(user.get("location").isNull()).isTrue();
    assertThat(user.get("created_at").textValue()).isEqualTo("1970-01-01 00:00:00");
    assertThat(user.get("avatar").isNull()).isTrue();
    assertThat(user.get("verified").isNull()).isTrue();
    assertThat(user.get("extra").get("user_id").intValue()).isEqualTo(7);
    assertThat(user.get("wallet").get("balance").intValue()).isZero();
    assertThat(user.get("id").intValue()).isEqualTo(7);
    assertThat(user.get("name").isNull()).isTrue();
  }

  @Test
  void of_saysNoOtherSexThanTheOriginalsThree() {
    for (String sex : new String[] {"3", "-1", "\"f\"", "null", "1e30"}) {
      assertThat(UserView.of(account("{\"sex\":" + sex + "}")).get("sex").intValue()).isZero();
    }
  }

  @Test
  void of_keepsTheDigitsOfImportedNumbers() {
    ObjectNode user = UserView.of(account("{\"wallet\":{\"balance\":87.50,\"big\":1e3}}"));
    assertThat(user.get("wallet").toString()).isEqualTo("{\"balance\":87.50,\"big\":1E+3}");
  }

  private static Account account(String profile) {
    return Account.newBuilder().setId("7").setProfile(profile).build();
  }
}
