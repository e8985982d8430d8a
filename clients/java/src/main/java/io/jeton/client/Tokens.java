package io.jeton.client;

import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.jeton.v1.BatchVerifyTokensRequest;
import io.jeton.v1.BatchVerifyTokensResponse;
import io.jeton.v1.ListTokensResponse;
import io.jeton.v1.TokenServiceGrpc;
import io.jeton.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Calls about tokens.
 *
 * <p>Every method blocks until the server has answered, at most the client's deadline, and throws
 * {@link JetonException} when it refused or did not answer. Safe for use by several threads.
 */
public final class Tokens {
  /** The most that the server judges in one call. */
  private static final int BATCH = 100;

  private static final Metadata.Key<String> TIMING =
      Metadata.Key.of("x-jeton-timing", Metadata.ASCII_STRING_MARSHALLER);

  private final TokenServiceBlockingStub stub;
  private final Calls calls;

  Tokens(Channel channel, Calls calls) {
    this.stub = TokenServiceGrpc.newBlockingStub(channel);
    this.calls = calls;
  }

  /** Makes a token. When it returns, the token is on disk. */
  public IssuedToken issue(IssueSpec spec) {
    var request = TokenMessages.request(spec);
    return TokenMessages.issued(calls.call(stub, s -> s.issueToken(request)));
  }

  /**
   * Ends a secret and makes the next one of its family. A secret that cannot be refreshed is an
   * answer, not an exception.
   */
  public Refresh refresh(RefreshSpec spec) {
    var request = TokenMessages.request(spec);
    return TokenMessages.refresh(calls.call(stub, s -> s.refreshToken(request)));
  }

  /**
   * Gives an anonymous token its subject and scopes, once, together with its family, or a licence
   * its machine. Binding it to the same again changes nothing.
   */
  public Token bind(BindSpec spec) {
    var request = TokenMessages.request(spec);
    return TokenMessages.token(calls.call(stub, s -> s.bindToken(request)).getToken());
  }

  /** Moves a token's end, also that of an expired one, which is valid again then. */
  public Token extend(ExtendSpec spec) {
    var request = TokenMessages.request(spec);
    return TokenMessages.token(calls.call(stub, s -> s.extendToken(request)).getToken());
  }

  /** Judges a presented token of the realm {@code default}. */
  public Verdict verify(Secret secret) {
    return verify(VerifySpec.of(secret));
  }

  /** Judges a presented token. An inactive token is an answer, not an exception. */
  public Verdict verify(VerifySpec spec) {
    var request = TokenMessages.request(spec);
    return TokenMessages.verdict(calls.call(stub, s -> s.verifyToken(request)));
  }

  /**
   * Judges a presented token as {@link #verify(VerifySpec)} does, and asks the server where the
   * time went.
   */
  public TimedVerdict verifyTimed(VerifySpec spec) {
    var request = TokenMessages.request(spec);
    var trailers = new AtomicReference<Metadata>();
    Metadata asked = new Metadata();
    asked.put(TIMING, "1");
    Verdict verdict =
        TokenMessages.verdict(
            calls.call(
                stub.withInterceptors(
                    MetadataUtils.newAttachHeadersInterceptor(asked),
                    MetadataUtils.newCaptureMetadataInterceptor(new AtomicReference<>(), trailers)),
                s -> s.verifyToken(request)));
    Metadata told = trailers.get();
    String timing = told == null ? null : told.get(TIMING);
    return new TimedVerdict(verdict, timing == null ? "" : timing);
  }

  /**
   * Judges presented tokens, each as {@link #verify(VerifySpec)} would, up to 100 in one call; more
   * are split over several calls, one after the other, each with the client's deadline.
   *
   * @return the verdicts in the order of the specifications
   */
  public List<Verdict> verifyAll(List<VerifySpec> specs) {
    List<Verdict> verdicts = new ArrayList<>(specs.size());
    for (int from = 0; from < specs.size(); from += BATCH) {
      List<VerifySpec> chunk = specs.subList(from, Math.min(from + BATCH, specs.size()));
      var request = BatchVerifyTokensRequest.newBuilder();
      chunk.forEach(spec -> request.addRequests(TokenMessages.request(spec)));
      BatchVerifyTokensResponse response =
          calls.call(stub, s -> s.batchVerifyTokens(request.build()));
      if (response.getResponsesCount() != chunk.size()) {
        throw new IllegalStateException(
            "asked about %d tokens, got %d verdicts"
                .formatted(chunk.size(), response.getResponsesCount()));
      }
      response.getResponsesList().forEach(m -> verdicts.add(TokenMessages.verdict(m)));
    }
    return verdicts;
  }

  /** Shows one token, live, expired or revoked. */
  public Token get(TokenRef ref) {
    var request = TokenMessages.getRequest(ref);
    return TokenMessages.token(calls.call(stub, s -> s.getToken(request)).getToken());
  }

  /**
   * Lists the tokens that have not been revoked, expired ones too, by subject and then in the order
   * they were issued. Pages are fetched as the stream is read, each with the client's deadline.
   */
  public Stream<Token> list(ListSpec spec) {
    return Pages.stream(
        pageToken -> {
          var request = TokenMessages.request(spec).setPageToken(pageToken);
          ListTokensResponse page = calls.call(stub, s -> s.listTokens(request.build()));
          return new Pages.Page<>(
              page.getTokensList().stream().map(TokenMessages::token).toList(),
              page.getNextPageToken());
        });
  }

  /** Lists tokens likewise, and the secrets of those that were issued revealable. */
  public Stream<RevealedToken> reveal(ListSpec spec) {
    return Pages.stream(
        pageToken -> {
          var request = TokenMessages.request(spec).setPageToken(pageToken).setReveal(true);
          ListTokensResponse page = calls.call(stub, s -> s.listTokens(request.build()));
          return new Pages.Page<>(TokenMessages.revealed(page), page.getNextPageToken());
        });
  }

  /**
   * Ends one token and its family for good. When it returns, the revocation is on disk and the
   * server that answered refuses the token. Revoking a revoked token changes nothing.
   *
   * @return the token, with the time of its first revocation
   */
  public Token revoke(TokenRef ref) {
    var request = TokenMessages.revokeRequest(ref);
    return TokenMessages.token(calls.call(stub, s -> s.revokeToken(request)).getToken());
  }

  /**
   * Ends all tokens of a group that were issued before, however many they are, for good. When it
   * returns, that is on disk and the server that answered refuses them.
   *
   * @return when they were revoked
   */
  public Instant revokeAll(TokenGroup group) {
    var request = TokenMessages.request(group);
    return Messages.instant(calls.call(stub, s -> s.revokeTokens(request)).getRevokeTime());
  }
}
