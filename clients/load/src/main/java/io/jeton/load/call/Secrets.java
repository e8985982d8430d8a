package io.jeton.load.call;

import java.nio.ByteBuffer;

/** Secrets of one length, by number, that calls are made with. */
public interface Secrets {
  /** How many there are. */
  int size();

  /** How many bytes each has. */
  int secretBytes();

  /** Appends the secret of a number. */
  void write(int token, ByteBuffer out);
}
