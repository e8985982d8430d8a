package io.jeton.bridge.contract.animeloop;

import io.jeton.bridge.testing.FakeWorld;
import io.jeton.bridge.testing.Recordings;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AnimeloopCasesTest {
  private static final String CONTRACT = "animeloop";

  @TestFactory
  Stream<DynamicTest> case_isAnsweredAsRecorded() throws IOException {
    return Recordings.tests(CONTRACT, FakeWorld::start);
  }

  @Test
  void everyRule_hasACase() throws IOException {
    Recordings.requireEveryRuleShown(CONTRACT);
  }
}
