package io.jeton.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jeton.server.testing.SettableClock;
import io.jeton.server.testing.TestAuthority;
import io.jeton.server.testing.TestAuthority.Leaf;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
  private static TestAuthority authority;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @TempDir private Path directory;
  private Path certificate;
  private Path key;

  @BeforeAll
  static void found() throws Exception {
    authority = new TestAuthority("test");
  }

  @BeforeEach
  void names() {
    certificate = directory.resolve("tls.crt");
    key = directory.resolve("tls.key");
  }

  @Test
  void keysOfEveryForm_areRead() throws Exception {
    Leaf leaf = authority.issue();
    leaf.write(certificate, key);
    assertThat(open().current().key()).isEqualTo(leaf.keys().getPrivate());

    PrivateKeyInfo info = PrivateKeyInfo.getInstance(leaf.keys().getPrivate().getEncoded());
    Files.writeString(
        key,
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
            + TestAuthority.pem("EC PRIVATE KEY", withCurve(info)));
    assertThat(open().current().key().getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void wrongFiles_areNamedInOneLine_withoutTheirContent() throws Exception {
    Leaf leaf = authority.issue();
    leaf.write(certificate, key);
    String pem = Files.readString(key);

    Files.delete(key);
    refused("tls.key: " + key, "a file that can be read");
    Files.writeString(key, "nothing");
    refused("tls.key: " + key, "an RSA or EC private key");
    Files.writeString(key, pem + pem);
    refused("tls.key: " + key, "an RSA or EC private key");
    Files.writeString(key, pem.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
    refused("tls.key: " + key, "without a pass phrase");
    Files.writeString(key, pem.substring(0, 60) + "\n-----END PRIVATE KEY-----\n");
    refused("tls.key: " + key, "an RSA or EC private key");
    Files.writeString(
        key,
        TestAuthority.pem(
            "PRIVATE KEY",
            KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded()));
    refused("tls.key: " + key, "an RSA or EC private key");
    authority.issue().write(directory.resolve("other.crt"), key);
    refused("tls.key: " + key, "the key of the first certificate in " + certificate);

    Files.writeString(key, pem);
    Files.writeString(certificate, pem);
    refused("tls.certificate: " + certificate, "a PEM file with certificates");
    Files.write(certificate, new byte[(1 << 20) + 1]);
    refused("tls.certificate: " + certificate, "at most 1 MiB");
  }

  @Test
  void aChange_isTakenUp_howeverItIsMade() throws Exception {
    authority.issue().write(certificate, key);
    Certificates certificates = open();

    // By renaming, one file after the other.
    Leaf second = authority.issue();
    second.write(directory.resolve("new.crt"), directory.resolve("new.key"));
    Files.move(directory.resolve("new.crt"), certificate, StandardCopyOption.REPLACE_EXISTING);
    certificates.look();
    Files.move(directory.resolve("new.key"), key, StandardCopyOption.REPLACE_EXISTING);
    certificates.look();
    certificates.look();
    assertThat(shown(certificates)).isEqualTo(second.certificate());

    // By a link to a folder, as Kubernetes does.
    Path folders = Files.createDirectory(directory.resolve("mounted"));
    Path data = folders.resolve("..data");
    for (String each : new String[] {"one", "two"}) {
      Leaf leaf = authority.issue();
      Path folder = Files.createDirectory(folders.resolve(each));
      leaf.write(folder.resolve("tls.crt"), folder.resolve("tls.key"));
      Path link = Files.createSymbolicLink(folders.resolve("..next"), Path.of(each));
      Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      if (each.equals("one")) {
        Files.delete(certificate);
        Files.delete(key);
        Files.createSymbolicLink(certificate, data.resolve("tls.crt"));
        Files.createSymbolicLink(key, data.resolve("tls.key"));
      }
      certificates.look();
      certificates.look();
      assertThat(shown(certificates)).isEqualTo(leaf.certificate());
    }
    assertThat(metrics.get("jeton.tls.reloads").functionCounter().count()).isEqualTo(3);
    assertThat(metrics.get("jeton.tls.reload.failures").functionCounter().count()).isZero();
  }

  @Test
  void aBrokenChange_isCountedOnce_andTheOldOneGoesOn() throws Exception {
    Leaf first = authority.issue();
    first.write(certificate, key);
    Certificates certificates = open();

    authority.issue().write(certificate, directory.resolve("forgotten.key"));
    for (int i = 0; i < 5; i++) {
      certificates.look();
    }
    assertThat(failures()).isEqualTo(1);
    Files.delete(certificate);
    for (int i = 0; i < 5; i++) {
      certificates.look();
    }
    assertThat(failures()).isEqualTo(2);
    assertThat(shown(certificates)).isEqualTo(first.certificate());

    Leaf last = authority.issue();
    last.write(certificate, key);
    certificates.look();
    certificates.look();
    assertThat(shown(certificates)).isEqualTo(last.certificate());
  }

  /** What is there of it can be read, and would be a chain that leads nowhere. */
  @Test
  void aChainThatIsHalfWritten_isNotTakenUp() throws Exception {
    Leaf first = authority.issue();
    first.write(certificate, key);
    Certificates certificates = open();

    Leaf second = authority.issue();
    second.write(certificate, key);
    String leaf = Files.readString(certificate);
    String whole = leaf + leaf;
    for (int end : new int[] {leaf.length(), leaf.length() + 60}) {
      Files.writeString(certificate, whole.substring(0, end));
      certificates.look();
      assertThat(shown(certificates)).isEqualTo(first.certificate());
    }
    Files.writeString(certificate, whole);
    certificates.look();
    certificates.look();
    assertThat(certificates.current().chain())
        .containsExactly(second.certificate(), second.certificate());
    assertThat(metrics.get("jeton.tls.reloads").functionCounter().count()).isEqualTo(1);
    assertThat(failures()).isZero();
  }

  @Test
  void anExpiredCertificate_isUsedAtTheStart_butNoValidOneIsGivenUpForIt() throws Exception {
    Leaf old = authority.issue(clock.instant());
    old.write(certificate, key);
    Certificates certificates = open();
    assertThat(shown(certificates)).isEqualTo(old.certificate());
    assertThat(secondsLeft()).isZero();

    Leaf valid = authority.issue(clock.instant().plus(Duration.ofDays(1)));
    valid.write(certificate, key);
    certificates.look();
    certificates.look();
    assertThat(secondsLeft()).isEqualTo(86_400);

    old.write(certificate, key);
    certificates.look();
    certificates.look();
    assertThat(shown(certificates)).isEqualTo(valid.certificate());
    clock.advance(Duration.ofDays(2));
    assertThat(secondsLeft()).isEqualTo(-86_400);
  }

  private double secondsLeft() {
    return metrics.get("jeton.tls.certificate.expires").gauge().value();
  }

  private double failures() {
    return metrics.get("jeton.tls.reload.failures").functionCounter().count();
  }

  private static X509Certificate shown(Certificates certificates) {
    return certificates.current().chain().get(0);
  }

  private Certificates open() throws PemException {
    Certificates certificates = Certificates.open(files(), clock);
    metrics.clear();
    certificates.watch(metrics);
    return certificates;
  }

  private IdentityFiles files() {
    return new IdentityFiles(
        new PemFile("tls.certificate", certificate), new PemFile("tls.key", key), Optional.empty());
  }

  private void refused(String first, String second) throws Exception {
    String content =
        Files.exists(key) ? Files.readString(key, StandardCharsets.ISO_8859_1) : "nothing";
    assertThatThrownBy(() -> Certificates.open(files(), clock))
        .isInstanceOf(PemException.class)
        .hasMessageStartingWith(first)
        .hasMessageContaining(second)
        .hasMessageNotContaining("\n")
        .satisfies(
            e ->
                assertThat(content.lines().filter(line -> line.length() > 20))
                    .noneMatch(line -> String.valueOf(e.getMessage()).contains(line)));
  }

  /** SEC 1 as openssl writes it: with the name of the curve. */
  private static byte[] withCurve(PrivateKeyInfo info) throws Exception {
    var ec = org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(info.parsePrivateKey());
    return new org.bouncycastle.asn1.sec.ECPrivateKey(
            256, ec.getKey(), info.getPrivateKeyAlgorithm().getParameters())
        .getEncoded();
  }
}
