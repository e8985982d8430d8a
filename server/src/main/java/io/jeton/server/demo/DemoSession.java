package io.jeton.server.demo;

import com.google.protobuf.Duration;
import io.jeton.server.api.Identity;
import io.jeton.server.api.ManageSessions;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.GetSessionRequest;

/**
 * The session that the cookie of animeloop's document names, of the account 1. Safe for use by
 * several threads, one after the other. Blocks.
 */
final class DemoSession {
  private static final String SID = "4VtJUXAabKIew3Wib8scACX1lDZK6Z3d";

  /** How long the original keeps a session that is not used. */
  private static final long THIRTY_HOURS = 30 * 3_600;

  private final ManageSessions sessions;
  private final Identity server;

  DemoSession(ManageSessions sessions, Identity server) {
    this.sessions = sessions;
    this.server = server;
  }

  /** Adds the session unless it is there and valid. */
  void keepAlive() {
    try {
      sessions.get(GetSessionRequest.newBuilder().setSid(SID).build(), server);
    } catch (RefusedException e) {
      if (e.refusal() != Refusal.SESSION_NOT_FOUND) {
        throw e;
      }
      create();
    }
  }

  private void create() {
    sessions.create(
        CreateSessionRequest.newBuilder()
            .setSid(SID)
            .setAccountId("1")
            .setLifetime(Duration.newBuilder().setSeconds(THIRTY_HOURS))
            .build(),
        server);
  }
}
