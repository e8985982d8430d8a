package io.jeton.load;

import io.jeton.load.call.TokenSet;
import io.jeton.load.call.VerifyCall;
import io.jeton.load.child.Child;
import io.jeton.load.child.Children;
import io.jeton.load.child.Servers;
import io.jeton.load.floor.ConstantStub;
import io.jeton.load.floor.Floor;
import io.jeton.load.http2.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code jeton bench floor}: what the machine and the generator can do, without a server. */
@Command(
    name = "floor",
    description = "Measures the constant stub alone: Armeria's defaults against the lean settings.")
final class FloorCommand implements Callable<Integer> {
  private static final int TOKENS = 1_000_000;
  private static final int KEY_LENGTH = 56;

  @Mixin private final LoadOptions load = new LoadOptions();

  @Override
  public Integer call() throws Exception {
    TokenSet tokens = TokenSet.madeUp(TOKENS);
    try (var children = Children.in(Path.of(System.getProperty("java.io.tmpdir")))) {
      List<Contender> contenders = new ArrayList<>();
      for (Floor floor : Floor.values()) {
        Child stub = children.add(Servers.constantStub(floor, Servers.defaultFlags()));
        contenders.add(contender("F1 " + floor.label(), stub, tokens, KEY_LENGTH));
      }
      return Report.print("floor", new Rounds(load, contenders).run(), load);
    }
  }

  /**
   * The stub as a contender that gets the requests that a server would.
   *
   * @param keyLength how long the service key is that the server gets; the stub gets no real one
   */
  static Contender contender(String name, Child stub, TokenSet tokens, int keyLength) {
    return new Contender(
        name,
        new Target(stub.uri(), "x".repeat(keyLength)),
        seed -> new VerifyCall(tokens, seed, token -> ConstantStub.SUBJECT),
        Optional.of(stub.process()));
  }
}
