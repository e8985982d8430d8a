package io.jeton.server.demo;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.jeton.server.api.Identity;
import io.jeton.server.api.Services;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import io.jeton.v1.RefreshSpec;
import io.jeton.v1.RefreshWithPair;
import io.jeton.v1.RevokeTokenRequest;
import io.jeton.v1.SuppliedFormat;
import io.jeton.v1.Token;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/**
 * What the examples need: accounts, a credential, a session, a module and an application. Loading
 * them twice is loading them once: what is there stays as it is, and the credential is made anew.
 * Safe for use by several threads, one after the other. Blocks.
 */
public final class DemoData {
  /** The credential that chatot's document shows: value and refresh are the same text. */
  private static final String CHATOT_CREDENTIAL = "64dacec16b4b0d1baebcbf72";

  /** How often {@link #keepFresh} is worth a look. */
  public static final java.time.Duration PERIOD = java.time.Duration.ofSeconds(1);

  /** How long the contract owes the same answer to a refresh secret that was spent. */
  private static final java.time.Duration GRACE = java.time.Duration.ofSeconds(10);

  private static final long TWO_HOURS = 7_200;
  private static final long THIRTY_DAYS = 30 * 24 * 3_600;
  private static final Identity SERVER = new Identity(Caller.SERVER, "", "demo");

  private final Services services;
  private final InstantSource clock;
  private final DemoSession session;
  private final DemoRegistry registry;
  private volatile IssueTokenResponse credential = IssueTokenResponse.getDefaultInstance();

  public DemoData(Services services, InstantSource clock) {
    this.services = services;
    this.clock = clock;
    this.session = new DemoSession(services.manageSessions(), SERVER);
    this.registry = new DemoRegistry(services, SERVER);
  }

  public void load() {
    create(
        CreateAccountRequest.newBuilder()
            .setId("1")
            .setName("Seven")
            .setEmail("shiweidu@outlook.com")
            .setPhone("18781993582")
            .setPassword("sesame 1")
            .setProfile(profileOfSeven()));
    create(
        CreateAccountRequest.newBuilder()
            .setId("2")
            .setName("Two")
            .setPassword("sesame 2")
            .setDisabled(true));
    create(
        CreateAccountRequest.newBuilder()
            .setId("3")
            .setName("Three")
            .setPassword("sesame 3")
            .setBanned(true));
    create(
        CreateAccountRequest.newBuilder()
            .setId("6597157180416")
            .setName("maxim")
            .setEmail("maxim@example.org")
            .setPhone("13800138000")
            .setPassword("sesame 1"));
    registry.load();
    session.keepAlive();
    seedCredential();
  }

  /**
   * Makes the credential anew when its refresh secret was spent and the answer is no longer owed,
   * or either has ended otherwise, and the session when it has ended, so that the examples can be
   * tried again.
   */
  public void keepFresh() {
    session.keepAlive();
    if (hasEnded(credential.getToken()) || hasEnded(credential.getRefreshToken())) {
      seedCredential();
    }
  }

  private boolean hasEnded(Token seeded) {
    Token now =
        services
            .manageTokens()
            .get(GetTokenRequest.newBuilder().setId(seeded.getId()).build(), SERVER)
            .getToken();
    Instant instant = clock.instant();
    boolean wasSpentOrRevoked =
        now.hasRevokeTime() && !instant.isBefore(instant(now.getRevokeTime()).plus(GRACE));
    return wasSpentOrRevoked || !instant.isBefore(instant(now.getExpireTime()));
  }

  private void seedCredential() {
    revokeWhatIsLeft();
    credential =
        services
            .issue()
            .issue(
                IssueTokenRequest.newBuilder()
                    .setSupplied(
                        SuppliedFormat.newBuilder()
                            .setCode(CHATOT_CREDENTIAL)
                            .setRefreshCode(CHATOT_CREDENTIAL))
                    .addScopes("demo")
                    .setIssuer("chatot")
                    .setLifetime(seconds(TWO_HOURS))
                    .setRefresh(
                        RefreshSpec.newBuilder()
                            .setWindow(seconds(THIRTY_DAYS))
                            .setPair(RefreshWithPair.getDefaultInstance()))
                    .build(),
                SERVER);
  }

  private void create(CreateAccountRequest.Builder account) {
    try {
      services.manageAccounts().create(account.build(), SERVER);
    } catch (RefusedException e) {
      if (e.refusal() != Refusal.ACCOUNT_EXISTS) {
        throw e;
      }
    }
  }

  private void revokeWhatIsLeft() {
    try {
      services
          .manageTokens()
          .revoke(RevokeTokenRequest.newBuilder().setToken(CHATOT_CREDENTIAL).build(), SERVER);
    } catch (RefusedException e) {
      if (e.refusal() != Refusal.TOKEN_NOT_FOUND) {
        throw e;
      }
    }
  }

  private static String profileOfSeven() {
    try (InputStream in = DemoData.class.getResourceAsStream("profile.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }
}
