package io.jeton.bridge.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.jeton.v1.SigningAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a recorded case begins with, as it stands in its file.
 *
 * @param clock what time it is; 2026-01-01T00:00:00Z unless the case says otherwise
 * @param contracts the key {@code contracts:} of the configuration
 * @param trustedProxies the key {@code trusted-proxies:} of the configuration
 * @param timeZones the time zones of realms, by their names; UTC for the others
 */
public record Given(
    String clock,
    List<Map<String, Object>> contracts,
    List<String> trustedProxies,
    List<GivenAccount> accounts,
    List<GivenKey> signingKeys,
    List<GivenToken> tokens,
    List<RevokedJti> revokedJtis,
    List<GivenModule> modules,
    List<GivenApplication> applications,
    List<GivenSession> sessions,
    List<GivenImport> imports,
    Map<String, String> timeZones,
    List<GivenLicence> licences) {
  private static final String DEFAULT = "default";

  public Given {
    clock = Objects.requireNonNullElse(clock, "2026-01-01T00:00:00Z");
    contracts = Objects.requireNonNullElse(contracts, List.of());
    trustedProxies = Objects.requireNonNullElse(trustedProxies, List.of());
    accounts = Objects.requireNonNullElse(accounts, List.of());
    signingKeys = Objects.requireNonNullElse(signingKeys, List.of());
    tokens = Objects.requireNonNullElse(tokens, List.of());
    revokedJtis = Objects.requireNonNullElse(revokedJtis, List.of());
    modules = Objects.requireNonNullElse(modules, List.of());
    applications = Objects.requireNonNullElse(applications, List.of());
    sessions = Objects.requireNonNullElse(sessions, List.of());
    imports = Objects.requireNonNullElse(imports, List.of());
    timeZones = Objects.requireNonNullElse(timeZones, Map.of());
    licences = Objects.requireNonNullElse(licences, List.of());
  }

  /** A case that begins with nothing but these contracts. */
  public static Given ofContracts(List<Map<String, Object>> contracts) {
    return new Given(
        null, contracts, null, null, null, null, null, null, null, null, null, null, null);
  }

  public Instant start() {
    return Instant.parse(clock);
  }

  /**
   * An account.
   *
   * @param id its id; empty: the next one
   * @param password its password in clear, which the world hashes as it likes; empty: none
   * @param profile a JSON object
   * @param createTime when it was added; none: at the start
   */
  public record GivenAccount(
      String realm,
      String id,
      String name,
      String email,
      String phone,
      String qq,
      String password,
      boolean disabled,
      boolean banned,
      JsonNode profile,
      String createTime) {
    public GivenAccount {
      realm = Objects.requireNonNullElse(realm, DEFAULT);
      id = Objects.requireNonNullElse(id, "");
      name = Objects.requireNonNullElse(name, "");
      email = Objects.requireNonNullElse(email, "");
      phone = Objects.requireNonNullElse(phone, "");
      qq = Objects.requireNonNullElse(qq, "");
      password = Objects.requireNonNullElse(password, "");
    }

    public Optional<Instant> created() {
      return Optional.ofNullable(createTime).map(Instant::parse);
    }

    public String profileJson() {
      return profile == null ? "{}" : profile.toString();
    }
  }

  /** A signing key with a given secret, as an original server has it. */
  public record GivenKey(String realm, String name, SigningAlgorithm algorithm, String secret) {
    public GivenKey {
      realm = Objects.requireNonNullElse(realm, DEFAULT);
      algorithm = Objects.requireNonNullElse(algorithm, SigningAlgorithm.SIGNING_ALGORITHM_HS256);
    }
  }

  /**
   * A token that is there from the start and is refreshed with a second secret.
   *
   * @param issuer the contract instance that it is of
   * @param lifetime how long it is valid, such as {@code PT2H}
   * @param refreshWindow how long it can be refreshed, such as {@code P30D}
   */
  public record GivenToken(
      String realm,
      String issuer,
      String code,
      String refreshCode,
      List<String> scopes,
      String lifetime,
      String refreshWindow) {
    public GivenToken {
      realm = Objects.requireNonNullElse(realm, DEFAULT);
      scopes = Objects.requireNonNullElse(scopes, List.of());
    }

    public Duration life() {
      return Duration.parse(lifetime);
    }

    public Duration window() {
      return Duration.parse(refreshWindow);
    }
  }

  /**
   * A session that is there from the start.
   *
   * @param sid what its cookie names it by
   * @param account who is logged in, by login; empty: nobody is
   * @param data a JSON object
   * @param lifetime how long it is valid, such as {@code PT30H}
   */
  public record GivenSession(
      String realm, String sid, String account, JsonNode data, String lifetime) {
    public GivenSession {
      realm = Objects.requireNonNullElse(realm, DEFAULT);
      account = Objects.requireNonNullElse(account, "");
    }

    public String dataJson() {
      return data == null ? "{}" : data.toString();
    }

    public Duration life() {
      return Duration.parse(lifetime);
    }
  }

  /**
   * A token that an original server made, and that is listed with its secret.
   *
   * @param issuer the contract instance that it is of
   * @param token its secret
   * @param id what the original server called it; empty: nothing
   * @param name its label; none: it has none
   * @param account whose it is, by login
   * @param expireTime when it ends; none: never
   */
  public record GivenImport(
      String realm,
      String issuer,
      String token,
      String id,
      String name,
      String account,
      String expireTime) {
    public GivenImport {
      realm = Objects.requireNonNullElse(realm, DEFAULT);
      id = Objects.requireNonNullElse(id, "");
    }

    public Optional<Instant> end() {
      return Optional.ofNullable(expireTime).map(Instant::parse);
    }
  }

  /** The id of a token that an original server had revoked before its time. */
  public record RevokedJti(String realm, String key, String jti, String until) {
    public RevokedJti {
      realm = Objects.requireNonNullElse(realm, DEFAULT);
    }
  }

  /**
   * A module.
   *
   * @param expireTime when its licences end; none: never
   */
  public record GivenModule(
      String realm,
      String name,
      String identification,
      String expireTime,
      boolean disabled,
      List<GivenSubModule> subModules) {
    public GivenModule {
      realm = Objects.requireNonNullElse(realm, DEFAULT);
      subModules = Objects.requireNonNullElse(subModules, List.of());
    }

    public Optional<Instant> end() {
      return Optional.ofNullable(expireTime).map(Instant::parse);
    }
  }

  /**
   * A part of a module.
   *
   * @param expireTime when its licences end; none: never
   */
  public record GivenSubModule(String name, String expireTime) {
    public Optional<Instant> end() {
      return Optional.ofNullable(expireTime).map(Instant::parse);
    }
  }

  /**
   * A registered application.
   *
   * @param accessKeySecret the key of its files; none: one that the world makes
   */
  public record GivenApplication(
      String realm,
      String appId,
      int encryptType,
      String publicKey,
      String accessKeySecret,
      boolean disabled) {
    public GivenApplication {
      realm = Objects.requireNonNullElse(realm, DEFAULT);
      publicKey = Objects.requireNonNullElse(publicKey, "");
      accessKeySecret = Objects.requireNonNullElse(accessKeySecret, "");
    }
  }
}
