package io.jeton.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jeton.server.domain.Secret;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHasherTest {
  private static final String OURS =
      "\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}";

  @Test
  void hash_isArgon2idInPhcForm_withASaltOfItsOwn() {
    Secret hash = hash("pässwörd");
    assertThat(hash.reveal()).matches(OURS);
    assertThat(hash("pässwörd").reveal()).isNotEqualTo(hash.reveal());
    assertThat(matches(hash.reveal(), "pässwörd")).isTrue();
    assertThat(matches(hash.reveal(), "pässwörD")).isFalse();
    assertThat(matches(hash.reveal(), "")).isFalse();
  }

  /** The examples of PHP's manual, those of the Openwall test suite, and one for each prefix. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      delimiter = ' ',
      value = {
        "$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq rasmuslerdorf",
        "$2a$07$usesomesillystringfore2uDLvp1Ii2e./U9C8sBjqp8I90dH6hi rasmuslerdorf",
        "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW U*U",
        "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW U*U",
        "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW U*U",
        "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK U*U*",
        "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a U*U*U",
        "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui "
            + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
            + "chars-after-72-are-ignored",
      })
  void bcrypt_matchesWhatOthersMade(String hash, String password) {
    assertThat(PasswordHasher.isUsable(Secret.of(hash))).isTrue();
    assertThat(matches(hash, password)).isTrue();
    assertThat(matches(hash, "x" + password)).isFalse();
  }

  /** The last character of the salt has four bits that are not the salt's. */
  @Test
  void bcrypt_doesNotMindSpareBits() {
    assertThat(matches("$2a$05$CCCCCCCCCCCCCCCCCCCCC/E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U"))
        .isTrue();
  }

  /** From the test suite of the reference implementation. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      delimiter = ' ',
      value = {
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
            + " password",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
            + " password",
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"
            + " password",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94"
            + " differentpassword",
      })
  void argon2id_matchesWhatOthersMade(String hash, String password) {
    assertThat(PasswordHasher.isUsable(Secret.of(hash))).isTrue();
    assertThat(matches(hash, password)).isTrue();
    assertThat(matches(hash, password + " ")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$",
        "plain",
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "$1$salt$qJH7.N4xYta3aEG/dfqo/0",
        "$2x$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq",
        "$2y$03$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq",
        "$2y$17$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq",
        "$2y$7$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq",
        "$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpO",
        "$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOqq",
        "$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpO+",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=262145,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=262144,t=3,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=262144,t=16,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=32769,t=16,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=17$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=17,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=15,t=2,p=2$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQab$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
      })
  void isUsable_refusesWhatIsMalformed_orTooExpensive(String hash) {
    assertThat(PasswordHasher.isUsable(Secret.of(hash))).isFalse();
  }

  @Test
  void isUsable_takesTheLimitsThemselves() {
    for (String hash :
        List.of(
            "$2y$04$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq",
            "$2y$16$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq",
            "$argon2id$v=19$m=262144,t=2,p=16$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
            "$argon2id$v=19$m=32768,t=16,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
            "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")) {
      assertThat(PasswordHasher.isUsable(Secret.of(hash))).as(hash).isTrue();
    }
  }

  @Test
  void needsUpgrade_forBcryptAndWeakArgon2id_notForOursOrStronger() {
    Secret bcrypt = Secret.of("$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq");
    String rest = "$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    assertThat(PasswordHasher.needsUpgrade(bcrypt, Secret.of("p"))).isTrue();
    assertThat(needsUpgrade("$argon2id$v=19$m=19455,t=2,p=1" + rest)).isTrue();
    assertThat(needsUpgrade("$argon2id$v=19$m=19456,t=2,p=1" + rest)).isFalse();
    assertThat(needsUpgrade("$argon2id$v=19$m=65536,t=4,p=1" + rest)).isFalse();
    assertThat(PasswordHasher.needsUpgrade(hash("p"), Secret.of("p"))).isFalse();
  }

  /** What bcrypt ignored must not become part of the password. */
  @Test
  void needsUpgrade_notWhenBcryptLookedAtAPartOnly() {
    Secret bcrypt = Secret.of("$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq");
    assertThat(PasswordHasher.needsUpgrade(bcrypt, Secret.of("é".repeat(36)))).isTrue();
    assertThat(PasswordHasher.needsUpgrade(bcrypt, Secret.of("é".repeat(36) + "x"))).isFalse();
  }

  @Test
  void standIn_isOfTheScheme_andCanBeChecked() {
    for (String scheme : List.of("$2y$04", "$2a$05", "$argon2id$v=19$m=256,t=3,p=2")) {
      Secret standIn = PasswordHasher.standIn(Optional.of(scheme));
      assertThat(standIn.reveal()).startsWith(scheme + "$");
      assertThat(PasswordHasher.matches(standIn, Secret.of("password"))).isFalse();
    }
    assertThat(PasswordHasher.standIn(Optional.empty()).reveal()).matches(OURS);
    assertThat(PasswordHasher.standIn(Optional.of("$2y$31")).reveal()).matches(OURS);
  }

  private static Secret hash(String password) {
    return PasswordHasher.hash(Secret.of(password));
  }

  private static boolean matches(String hash, String password) {
    return PasswordHasher.matches(Secret.of(hash), Secret.of(password));
  }

  private static boolean needsUpgrade(String hash) {
    return PasswordHasher.needsUpgrade(Secret.of(hash), Secret.of("p"));
  }
}
