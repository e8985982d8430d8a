package io.jeton.server.storage.mysql;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Throws away connections to a server that has become read-only: after a failover they would stay
 * (HikariCP #2185). Immutable.
 */
final class EvictReadOnly implements SQLExceptionOverride {
  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException e) {
    return StoreFailures.isReadOnly(e)
        ? SQLExceptionOverride.Override.MUST_EVICT
        : SQLExceptionOverride.Override.CONTINUE_EVICT;
  }
}
