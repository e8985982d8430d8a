package io.jeton.load;

import java.util.concurrent.Callable;

/** A command that measures something. */
interface Measurement extends Callable<Integer> {
  /** What it found, after it was called. */
  Outcome outcome();
}
