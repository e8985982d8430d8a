package io.jeton.server.cache;

import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Token;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A question to the store that is under way, shared by all who ask for the same key. */
final class Load {
  final Lookup key;
  final CompletableFuture<Optional<Token>> answer = new CompletableFuture<>();

  Load(Lookup key) {
    this.key = key;
  }
}
