package io.jeton.server.storage.mysql;

/**
 * What the database says of itself.
 *
 * @param version its version as it writes it, such as {@code 11.4.5-MariaDB}
 * @param schema the version of the last migration
 */
public record Engine(String version, String schema) {
  private static final String SQL =
      """
      SELECT VERSION(), (
        SELECT version FROM flyway_schema_history
        WHERE success = 1 ORDER BY installed_rank DESC LIMIT 1)
      """;

  static Engine ask(Transactions transactions) {
    return transactions.read(
        handle ->
            handle
                .createQuery(SQL)
                .map((row, context) -> new Engine(row.getString(1), row.getString(2)))
                .one());
  }
}
