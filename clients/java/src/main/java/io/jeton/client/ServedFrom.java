package io.jeton.client;

/** Where the facts of a verdict were read. */
public enum ServedFrom {
  /** Nowhere: the token was malformed. */
  NOWHERE,
  /** In the memory of the server that answered. */
  CACHE,
  /** In the database, during the call. */
  STORE,
  /** A place that this client is too old to know. */
  OTHER
}
