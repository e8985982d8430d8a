package io.jeton.server.storage;

import io.jeton.server.domain.Actor;
import java.time.Instant;

/** One change as the audit table has it. */
public record AuditRecord(Instant at, Actor actor, String action, String realm, String target) {}
