package io.jeton.server;

import io.jeton.server.api.Access;
import io.jeton.server.api.ImportWebSessions;
import io.jeton.server.api.ManageSessions;
import io.jeton.server.api.SessionSlides;
import io.jeton.server.api.Validation;
import io.jeton.server.storage.mysql.MySqlStore;

/**
 * What a node does with sessions.
 *
 * @param slides the ends that are still to be written
 */
record WebSessions(ManageSessions manage, ImportWebSessions imports, SessionSlides slides) {
  /** Puts it together from its parts. */
  static WebSessions of(Assembly.Parts parts, Access access, Validation validation) {
    MySqlStore store = parts.store();
    SessionSlides slides = new SessionSlides(store.sessions());
    return new WebSessions(
        new ManageSessions(
            access, validation, store.sessions(), store.accounts(), slides, parts.clock()),
        new ImportWebSessions(validation, store.sessions(), store.accounts(), parts.clock()),
        slides);
  }
}
