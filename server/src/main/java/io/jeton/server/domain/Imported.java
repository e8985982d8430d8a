package io.jeton.server.domain;

/** What became of a record of an import. */
public enum Imported {
  /** It was added. */
  CREATED,
  /** It was there with other values. */
  CHANGED,
  /** It was there as it is. */
  UNCHANGED
}
