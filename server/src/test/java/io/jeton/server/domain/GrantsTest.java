package io.jeton.server.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantsTest {
  @Test
  void allows_whatTheRealmGrants_andNothingElse() {
    Grants grants = Grants.of(Map.of("default", EnumSet.of(Permission.VERIFY, Permission.REVOKE)));

    for (Permission permission : Permission.values()) {
      assertThat(grants.allows("default", permission))
          .isEqualTo(permission == Permission.VERIFY || permission == Permission.REVOKE);
      assertThat(grants.allows("other", permission)).isFalse();
      assertThat(grants.allows("Default", permission)).isFalse();
    }
  }

  @Test
  void allows_whatAllRealmsGrant_inEveryRealm() {
    Grants grants = Grants.of(Map.of("*", EnumSet.of(Permission.LIST)));

    assertThat(grants.allows("anything", Permission.LIST)).isTrue();
    assertThat(grants.allows("anything", Permission.ISSUE)).isFalse();
  }

  @Test
  void allows_everythingInARealm_toItsAdmin() {
    Grants grants = Grants.of(Map.of("default", EnumSet.of(Permission.ADMIN)));

    for (Permission permission : Permission.values()) {
      assertThat(grants.allows("default", permission)).isTrue();
      assertThat(grants.allows("other", permission)).isFalse();
    }
    assertThat(grants.isAdministrator()).isFalse();
  }

  @Test
  void allows_everythingEverywhere_toAnAdministrator() {
    Grants grants = Grants.of(Map.of("*", EnumSet.of(Permission.ADMIN)));

    for (Permission permission : Permission.values()) {
      assertThat(grants.allows("anything", permission)).isTrue();
    }
    assertThat(grants.isAdministrator()).isTrue();
  }

  @Test
  void allows_addsUp_whatTheRealmAndAllRealmsGrant() {
    Grants grants =
        Grants.of(
            Map.of("*", EnumSet.of(Permission.VERIFY), "default", EnumSet.of(Permission.ISSUE)));

    assertThat(grants.allows("default", Permission.VERIFY)).isTrue();
    assertThat(grants.allows("default", Permission.ISSUE)).isTrue();
    assertThat(grants.allows("other", Permission.ISSUE)).isFalse();
  }

  @Test
  void allows_nothing_withoutGrants() {
    assertThat(Grants.of(Map.of()).allows("default", Permission.VERIFY)).isFalse();
    assertThat(
            Grants.of(Map.of("default", EnumSet.noneOf(Permission.class)))
                .allows("default", Permission.VERIFY))
        .isFalse();
  }

  @Test
  void bits_areTheStoredForm_asTheSchemaSaysIt() {
    Map<String, EnumSet<Permission>> permissions =
        Map.of(
            "all", EnumSet.allOf(Permission.class),
            "none", EnumSet.noneOf(Permission.class),
            "*", EnumSet.of(Permission.ISSUE, Permission.LIST));
    Grants grants = Grants.of(permissions);

    assertThat(grants.bits()).isEqualTo(Map.of("all", 127, "none", 0, "*", 10));
    assertThat(Grants.ofBits(grants.bits()).permissions()).isEqualTo(permissions);
    for (Permission permission : Permission.values()) {
      int bit =
          switch (permission) {
            case VERIFY -> 1;
            case ISSUE -> 2;
            case REVOKE -> 4;
            case LIST -> 8;
            case ADMIN -> 16;
            case LOGIN -> 32;
            case REVEAL -> 64;
          };
      assertThat(Grants.of(Map.of("r", EnumSet.of(permission))).bits()).containsEntry("r", bit);
    }
  }

  @Test
  void allowsSigning_withTheKeysOfTheRealm_andThoseOfAllRealms() {
    Grants grants =
        Grants.of(
            Map.of("default", EnumSet.of(Permission.ISSUE), "*", EnumSet.of(Permission.ISSUE)),
            Map.of("default", Set.of("web", "app"), "*", Set.of("common")));

    assertThat(grants.allowsSigning("default", "web")).isTrue();
    assertThat(grants.allowsSigning("default", "common")).isTrue();
    assertThat(grants.allowsSigning("other", "common")).isTrue();
    assertThat(grants.allowsSigning("other", "web")).isFalse();
    assertThat(grants.allowsSigning("default", "we")).isFalse();
    assertThat(grants.allowsSigning("default", "*")).isFalse();
  }

  @Test
  void allowsSigning_withEveryKey_whenAllAreGranted_orToAnAdmin() {
    Map<String, EnumSet<Permission>> issue = Map.of("default", EnumSet.of(Permission.ISSUE));
    Grants all = Grants.of(issue, Map.of("default", Set.of("*")));
    Grants admin = Grants.of(Map.of("default", EnumSet.of(Permission.ADMIN)));

    for (Grants grants : new Grants[] {all, admin}) {
      assertThat(grants.allowsSigning("default", "web")).isTrue();
      assertThat(grants.allowsSigning("other", "web")).isFalse();
    }
    assertThat(Grants.of(issue).allowsSigning("default", "web")).isFalse();
  }

  @Test
  void signKeys_areTheStoredForm_inOrder() {
    Map<String, EnumSet<Permission>> issue = Map.of("default", EnumSet.of(Permission.ISSUE));
    Grants grants = Grants.of(issue, Map.of("default", Set.of("web", "app"), "other", Set.of()));

    assertThat(grants.signKeys()).containsOnlyKeys("default");
    assertThat(grants.signKeys().get("default")).containsExactly("app", "web");
    assertThat(Grants.ofBits(grants.bits(), grants.signKeys()).signKeys())
        .isEqualTo(grants.signKeys());
  }
}
