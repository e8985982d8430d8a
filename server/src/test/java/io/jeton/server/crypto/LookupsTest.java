package io.jeton.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.RealmName;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupsTest {
  /**
   * Computed outside Java: {@code sha256(00 07 "default" 00 00 sha256("T1"))}. It never changes:
   * stored tokens are found by it.
   */
  @Test
  void ofToken_isWhatIsWrittenDown() {
    assertThat(hex(Lookups.ofToken(RealmName.DEFAULT, "T1")))
        .isEqualTo("973619cd072e9ff8ef34e767ba360adadc22935a8db2740af7487253e4a536db");
    assertThat(hex(Lookups.ofToken(new RealmName("a-b"), "\uD83D\uDE00")))
        .isEqualTo("67cc52caccac6b7ff2735c01062b25fb6b5bb6c785c6d1bfff88b882d59a693c");
  }

  /** Computed outside Java: {@code sha256(00 07 "default" 00 07 "session" sha256("T1"))}. */
  @Test
  void ofSession_isWhatIsWrittenDown() {
    assertThat(hex(Lookups.ofSession(RealmName.DEFAULT, "T1")))
        .isEqualTo("60a070b035dfd19ba9a4921cabb2bec39a8e05da157c821e294804e981f2da49");
  }

  /** RFC 6234's example. */
  @Test
  void ofServiceKey_isItsSha256() {
    assertThat(hex(Lookups.ofServiceKey("abc")))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void ofToken_differs_whereRealmAndSecretConcatenateAlike() {
    List<Lookup> lookups =
        List.of(
            Lookups.ofToken(new RealmName("a"), "bc"),
            Lookups.ofToken(new RealmName("ab"), "c"),
            Lookups.ofToken(new RealmName("abc"), ""));

    assertThat(lookups).doesNotHaveDuplicates();
  }

  @Test
  void ofToken_differs_byEveryCharacter() {
    assertThat(
            List.of("T1", "T1 ", "t1", " T1", "T1\0", "", "T", "T11").stream()
                .map(secret -> Lookups.ofToken(RealmName.DEFAULT, secret)))
        .doesNotHaveDuplicates();
  }

  @Test
  void ofToken_isTheSame_afterAnotherDigest() {
    Lookup before = Lookups.ofToken(RealmName.DEFAULT, "T1");
    Lookups.ofServiceKey("abc");

    assertThat(Lookups.ofToken(RealmName.DEFAULT, "T1")).isEqualTo(before);
  }

  @Test
  void lookup_keepsItsBytes_andShowsFew() {
    byte[] bytes = HexFormat.of().parseHex("ff00".repeat(16));
    Lookup lookup = Lookup.of(bytes);

    assertThat(lookup.bytes()).isEqualTo(bytes);
    assertThat(lookup).isEqualTo(Lookup.of(bytes)).hasSameHashCodeAs(Lookup.of(bytes));
    assertThat(lookup.toString()).hasSizeLessThan(20);
  }

  private static String hex(Lookup lookup) {
    return HexFormat.of().formatHex(lookup.bytes());
  }
}
