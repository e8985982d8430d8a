package io.jeton.bridge.contract.thinksns;

import io.jeton.bridge.testing.FakeWorld;
import io.jeton.bridge.testing.Recordings;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ThinksnsCasesTest {
  private static final String CONTRACT = "thinksns";

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    return Recordings.tests(CONTRACT, FakeWorld::start);
  }

  @Test
  void cases_showEveryRule() throws IOException {
    Recordings.requireEveryRuleShown(CONTRACT);
  }
}
