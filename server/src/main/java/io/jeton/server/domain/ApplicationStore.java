package io.jeton.server.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps registered applications, their secrets encrypted. Each change, its revision and its audit
 * record are one transaction; a change that changes nothing leaves no trace. Implementations are
 * safe for use by several threads. Blocks.
 */
public interface ApplicationStore {
  /** The applications of all realms, by realm and app_id. */
  List<SealedApplication> all();

  Optional<SealedApplication> find(Realm realm, String appId);

  /**
   * Applications of a realm in the order of their app_ids.
   *
   * @param after those behind the application of this app_id; empty: from the beginning
   */
  List<Application> list(Realm realm, Optional<String> after, int limit);

  /**
   * Adds an application.
   *
   * @throws RefusedException APPLICATION_EXISTS
   */
  Application create(Realm realm, NewApplication application, Instant at, Actor actor);

  /**
   * Changes an application.
   *
   * @throws RefusedException APPLICATION_NOT_FOUND
   */
  Application update(Realm realm, String appId, ApplicationChange change, Instant at, Actor actor);

  /** An application with its secrets, encrypted. */
  record SealedApplication(Application application, byte[] accessKey, byte[] pushSecret) {}

  /**
   * An application to add.
   *
   * @param accessKey its key, encrypted
   * @param pushSecret its push secret, encrypted
   */
  record NewApplication(
      String appId,
      int encryptType,
      String publicKey,
      boolean disabled,
      byte[] accessKey,
      byte[] pushSecret) {}
}
