package io.jeton.load.floor;

import java.util.Locale;

/** How the floor's server is set up. */
public enum Floor {
  /** As Armeria comes, with one event loop. */
  DEFAULT,

  /** Without request timer, date and server header, client time-outs and leak detection. */
  LEAN;

  /** The name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
