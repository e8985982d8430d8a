package io.jeton.load.floor;

/** How the floor's server is set up. */
public enum Floor {
  /** As Armeria comes, with one event loop. */
  DEFAULT,

  /** Without request timer, date and server header, client time-outs and leak detection. */
  LEAN
}
