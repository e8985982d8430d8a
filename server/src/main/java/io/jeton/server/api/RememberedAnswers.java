package io.jeton.server.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.TokenWriter.RememberedRequest;
import io.jeton.server.domain.TokenWriter.RequestKey;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;

/**
 * Seals the answers of requests that carry an id, and opens them for a repetition. Safe for use by
 * several threads; never blocks.
 */
final class RememberedAnswers {
  /** How long a request id is remembered. */
  static final Duration REMEMBERED = Duration.ofHours(24);

  private final Sealer sealer;

  RememberedAnswers(Sealer sealer) {
    this.sealer = sealer;
  }

  /** A request that carries an id, and a keyed digest of its parameters. */
  record Repeatable(RequestKey key, byte[] fingerprint) {}

  Repeatable repeatable(IssueTokenRequest request, Realm realm, int callerId) {
    IssueTokenRequest parameters =
        request.toBuilder().clearRequestId().setRealm(realm.name().value()).build();
    ByteString.Output bytes = ByteString.newOutput(parameters.getSerializedSize());
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.useDeterministicSerialization();
      parameters.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Repeatable(
        new RequestKey(callerId, request.getRequestId()),
        sealer.fingerprint(bytes.toByteString().toByteArray()));
  }

  RememberedRequest remember(Repeatable request, IssueTokenResponse response, Instant now) {
    return new RememberedRequest(
        request.key,
        request.fingerprint,
        sealer.seal(response.toByteArray(), context(request.key)),
        now.plus(REMEMBERED));
  }

  /**
   * The answer that the request was given.
   *
   * @throws RefusedException REQUEST_ID_REUSED when it had other parameters
   */
  IssueTokenResponse again(RememberedRequest remembered, Repeatable request) {
    if (!MessageDigest.isEqual(remembered.fingerprint(), request.fingerprint)) {
      throw RefusedException.of(Refusal.REQUEST_ID_REUSED);
    }
    byte[] answer =
        sealer
            .open(remembered.sealedAnswer(), context(remembered.key()))
            .orElseThrow(() -> new IllegalStateException("a remembered answer does not open"));
    try {
      return IssueTokenResponse.parseFrom(answer);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a remembered answer is not one", e);
    }
  }

  private static byte[] context(RequestKey key) {
    return ByteString.copyFromUtf8("IssueToken " + key.callerId() + " " + key.requestId())
        .toByteArray();
  }
}
