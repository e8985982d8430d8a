package io.jeton.client;

/** As whom an administrator acts. The act is on the server's record before it is answered. */
public sealed interface ActAs {
  /** The id, from 1. */
  long id();

  /** As a user. */
  record User(long id) implements ActAs {}

  /** As the administrator of a group. */
  record Group(long id) implements ActAs {}
}
