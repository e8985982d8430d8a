package io.jeton.server.api;

import io.jeton.server.domain.Secret;
import io.jeton.server.domain.SecretSource;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenDetails;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens as those who manage them see them. Safe for use by several threads; blocks. */
final class DetailedTokens {
  private final TokenReader reader;
  private final SecretSources sources;

  DetailedTokens(TokenReader reader, SecretSources sources) {
    this.reader = reader;
    this.sources = sources;
  }

  io.jeton.v1.Token message(Token token) {
    return messages(List.of(token)).get(0);
  }

  /** In their order. */
  List<io.jeton.v1.Token> messages(List<Token> tokens) {
    Map<TokenId, TokenDetails> details = reader.details(ids(tokens));
    return tokens.stream()
        .map(token -> message(token, details.getOrDefault(token.id(), TokenDetails.NONE)))
        .toList();
  }

  /** The secrets in the order of the tokens; empty texts for those that cannot be told. */
  List<String> secrets(List<Token> tokens) {
    Map<TokenId, SecretSource> kept = reader.sources(ids(tokens));
    return tokens.stream()
        .map(
            token ->
                Optional.ofNullable(kept.get(token.id()))
                    .flatMap(source -> sources.again(token, source))
                    .map(Secret::reveal)
                    .orElse(""))
        .toList();
  }

  private static List<TokenId> ids(List<Token> tokens) {
    return tokens.stream().map(Token::id).toList();
  }

  private static io.jeton.v1.Token message(Token token, TokenDetails details) {
    io.jeton.v1.Token.Builder message = Messages.token(token).toBuilder();
    details.importedId().ifPresent(id -> message.setImportedId(Long.toString(id)));
    details.lastUse().ifPresent(time -> message.setLastUseTime(Messages.timestamp(time)));
    return message.build();
  }
}
