package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Secret;

/**
 * Where the database is and as whom to log in.
 *
 * @param url {@code jdbc:mysql://HOST:PORT/NAME}, without credentials
 */
public record DatabaseAddress(String url, String user, Secret password, DatabaseTls tls) {
  /** One that is spoken to in clear. */
  public DatabaseAddress(String url, String user, Secret password) {
    this(url, user, password, DatabaseTls.OFF);
  }
}
