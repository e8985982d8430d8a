package io.jeton.server.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A class of tests that mostly wait, for processes and time-outs of their own: it runs while the
 * other classes go on, one such class at a time, its tests one after the other. It shares no node
 * with others and changes nothing that the whole JVM has.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(BesideOthers.LANE)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface BesideOthers {
  /** What those classes hold in turn. */
  String LANE = "io.jeton.server.testing.BesideOthers";
}
