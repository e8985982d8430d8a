package io.jeton.server.storage.mysql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.server.domain.ForeignTokenPolicy;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Realm;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The table {@code foreign_token_policy}. */
final class ForeignTokenPolicies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> CLAIMS = new TypeReference<>() {};
  private static final String SELECT =
      "SELECT realm_id, key_name, accept_until, refresh_window, claims, issuer"
          + " FROM foreign_token_policy ";

  private ForeignTokenPolicies() {}

  static Map<Integer, Map<String, ForeignTokenPolicy>> all(Handle handle) {
    Map<Integer, Map<String, ForeignTokenPolicy>> policies = new HashMap<>();
    handle
        .createQuery(SELECT)
        .map(
            (row, context) ->
                policies
                    .computeIfAbsent(row.getInt(1), any -> new TreeMap<>())
                    .put(TokenRows.text(row.getBytes(2)), policy(row)))
        .list();
    return policies;
  }

  /** A name's policy, which nobody changes until the transaction has ended. */
  static Optional<ForeignTokenPolicy> lock(Handle handle, Realm realm, String keyName) {
    return handle
        .createQuery(SELECT + "WHERE realm_id = ? AND key_name = ? FOR UPDATE")
        .bind(0, realm.id())
        .bind(1, TokenRows.bytes(keyName))
        .map((row, context) -> policy(row))
        .findOne();
  }

  static void put(Handle handle, Realm realm, String keyName, ForeignTokenPolicy policy) {
    handle
        .createUpdate(
            """
            INSERT INTO foreign_token_policy
              (realm_id, key_name, accept_until, refresh_window, claims, issuer)
            VALUES (?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE
              accept_until = VALUES(accept_until), refresh_window = VALUES(refresh_window),
              claims = VALUES(claims), issuer = VALUES(issuer)""")
        .bind(0, realm.id())
        .bind(1, TokenRows.bytes(keyName))
        .bind(2, Micros.of(policy.acceptUntil()))
        .bind(3, policy.refreshWindow().map(ForeignTokenPolicies::micros).orElse(null))
        .bind(4, TokenRows.bytes(json(policy.claims())))
        .bind(5, TokenRows.bytes(policy.issuer()))
        .execute();
  }

  static void delete(Handle handle, Realm realm, String keyName) {
    handle.execute(
        "DELETE FROM foreign_token_policy WHERE realm_id = ? AND key_name = ?",
        realm.id(),
        TokenRows.bytes(keyName));
  }

  private static ForeignTokenPolicy policy(ResultSet row) throws SQLException {
    long window = row.getLong(4);
    Optional<Duration> refreshWindow =
        row.wasNull() ? Optional.empty() : Optional.of(Duration.of(window, ChronoUnit.MICROS));
    return new ForeignTokenPolicy(
        Micros.toInstant(row.getLong(3)),
        refreshWindow,
        claims(TokenRows.text(row.getBytes(5))),
        TokenRows.text(row.getBytes(6)));
  }

  private static long micros(Duration duration) {
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000);
  }

  private static String json(Map<String, String> claims) {
    try {
      return JSON.writeValueAsString(new TreeMap<>(claims));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a text that JSON has no form for", e);
    }
  }

  private static Map<String, String> claims(String json) {
    try {
      return JSON.readValue(json, CLAIMS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored policy is not one", e);
    }
  }
}
