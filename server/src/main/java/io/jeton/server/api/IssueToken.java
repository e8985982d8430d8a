package io.jeton.server.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.crypto.Lookups;
import io.jeton.server.crypto.Sealer;
import io.jeton.server.crypto.TokenFormat;
import io.jeton.server.domain.Micros;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenIds;
import io.jeton.server.domain.TokenWriter;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import io.jeton.server.domain.TokenWriter.DuplicateRequestException;
import io.jeton.server.domain.TokenWriter.RememberedRequest;
import io.jeton.server.domain.TokenWriter.RequestKey;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.IssueTokenRequest.FormatCase;
import io.jeton.v1.IssueTokenResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code IssueToken}. Blocks; safe for use by several threads. */
public final class IssueToken {
  /** How long a request id is remembered. */
  static final Duration REMEMBERED = Duration.ofHours(24);

  private static final int ATTEMPTS = 10;
  private static final int MOST_SCOPES = 64;

  /** 9999-12-31T23:59:59Z. */
  private static final long LARGEST_SECONDS = 253_402_300_799L;

  private final Access access;
  private final Validation validation;
  private final TokenWriter writer;
  private final TokenCache cache;
  private final Sealer sealer;
  private final TokenIds ids;
  private final InstantSource clock;

  public IssueToken(
      Access access,
      Validation validation,
      TokenWriter writer,
      TokenCache cache,
      Sealer sealer,
      TokenIds ids,
      InstantSource clock) {
    this.access = access;
    this.validation = validation;
    this.writer = writer;
    this.cache = cache;
    this.sealer = sealer;
    this.ids = ids;
    this.clock = clock;
  }

  public IssueTokenResponse issue(IssueTokenRequest request, Identity identity) {
    requireRealTimes(request);
    Validation.requireAtMost("scopes", request.getScopesCount(), MOST_SCOPES);
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ISSUE);
    if (request.getRequestId().isEmpty()) {
      return issueOnce(request, realm, identity, Optional.empty());
    }
    RequestKey key = new RequestKey(identity.caller().id(), request.getRequestId());
    byte[] fingerprint = fingerprint(request, realm);
    for (int attempt = 1; ; attempt++) {
      Optional<RememberedRequest> remembered = writer.remembered(key, clock.instant());
      if (remembered.isPresent()) {
        return again(remembered.get(), fingerprint, realm);
      }
      try {
        return issueOnce(request, realm, identity, Optional.of(new Repeatable(key, fingerprint)));
      } catch (RepeatedException e) {
        // Somebody made the same request at the same moment: answer what that one was answered.
        if (attempt == ATTEMPTS) {
          throw RefusedException.of(Refusal.STORE_CONFLICT);
        }
      }
    }
  }

  private IssueTokenResponse issueOnce(
      IssueTokenRequest request, Realm realm, Identity identity, Optional<Repeatable> repeatable) {
    Instant now = Micros.toInstant(Micros.of(clock.instant()));
    Token.Attributes attributes = attributes(request, now);
    Supplier<Secret> secrets = secrets(request);
    boolean guessable = request.getFormatCase() == FormatCase.SUPPLIED;
    for (int attempt = 1; ; attempt++) {
      Secret secret = secrets.get();
      Token token =
          Token.of(
              Lookups.ofToken(realm.name(), secret.reveal()),
              ids.next(),
              realm,
              attributes,
              now,
              Optional.empty());
      IssueTokenResponse response =
          IssueTokenResponse.newBuilder()
              .setToken(Messages.token(token))
              .setSecret(secret.reveal())
              .build();
      try {
        writer.insert(
            token,
            guessable,
            repeatable.map(each -> each.answered(response, sealer, now)),
            identity.actor());
        if (guessable) {
          cache.changed(token.lookup());
        }
        return response;
      } catch (DuplicateIdException e) {
        if (attempt == ATTEMPTS) {
          throw RefusedException.of(Refusal.STORE_CONFLICT);
        }
      } catch (DuplicateRequestException e) {
        throw new RepeatedException();
      } catch (RuntimeException e) {
        if (guessable) {
          cache.doubted(token.lookup());
        }
        throw e;
      }
    }
  }

  /**
   * Refuses times that the well-known types do not allow; the general check takes them as they
   * come.
   */
  private static void requireRealTimes(IssueTokenRequest request) {
    com.google.protobuf.Duration lifetime = request.getLifetime();
    if (lifetime.getSeconds() < 0 || isNoNanos(lifetime.getNanos())) {
      throw RefusedException.ofField("lifetime", "must be a positive duration");
    }
    Timestamp end = request.getExpireTime();
    if (end.getSeconds() < 0 || end.getSeconds() > LARGEST_SECONDS || isNoNanos(end.getNanos())) {
      throw RefusedException.ofField(
          "expire_time", "must be in the future and before the year 10000");
    }
  }

  private static boolean isNoNanos(int nanos) {
    return nanos < 0 || nanos > 999_999_999;
  }

  private static Token.Attributes attributes(IssueTokenRequest request, Instant now) {
    return new Token.Attributes(
        request.getKind().isEmpty() ? "access" : request.getKind(),
        request.getSubject(),
        Scopes.of(request.getScopesList()),
        request.getAppId(),
        request.hasName() ? Optional.of(request.getName()) : Optional.empty(),
        expireTime(request, now));
  }

  private static Optional<Instant> expireTime(IssueTokenRequest request, Instant now) {
    return switch (request.getExpiryCase()) {
      case EXPIRY_NOT_SET -> Optional.empty();
      case LIFETIME -> {
        com.google.protobuf.Duration lifetime = request.getLifetime();
        yield Optional.of(now.plusSeconds(lifetime.getSeconds()).plusNanos(lifetime.getNanos()));
      }
      case EXPIRE_TIME -> {
        Instant end = Messages.instant(request.getExpireTime());
        if (!end.isAfter(now)) {
          throw RefusedException.ofField("expire_time", "must be in the future");
        }
        yield Optional.of(end);
      }
    };
  }

  private static Supplier<Secret> secrets(IssueTokenRequest request) {
    return switch (request.getFormatCase()) {
      case OPAQUE, FORMAT_NOT_SET -> TokenFormat::newToken;
      case HEX -> {
        int length = request.getHex().getLength();
        yield () -> TokenFormat.newHex(length == 0 ? 32 : length);
      }
      case SUPPLIED -> {
        String code = request.getSupplied().getCode();
        if (code.startsWith(TokenFormat.TOKEN_PREFIX)) {
          throw RefusedException.ofField("supplied.code", "must not begin with jt_");
        }
        yield () -> Secret.of(code);
      }
      case JWT -> throw RefusedException.ofField("jwt", "cannot be issued yet");
    };
  }

  private byte[] fingerprint(IssueTokenRequest request, Realm realm) {
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
    return sealer.fingerprint(bytes.toByteString().toByteArray());
  }

  private IssueTokenResponse again(RememberedRequest remembered, byte[] fingerprint, Realm realm) {
    if (!MessageDigest.isEqual(remembered.fingerprint(), fingerprint)) {
      throw RefusedException.of(Refusal.REQUEST_ID_REUSED);
    }
    byte[] answer =
        sealer
            .open(remembered.sealedAnswer(), context(remembered.key()))
            .orElseThrow(() -> new IllegalStateException("a remembered answer does not open"));
    try {
      IssueTokenResponse response = IssueTokenResponse.parseFrom(answer);
      // Whoever repeats it may have been told that it failed, and this node may hold what was
      // before.
      cache.changed(Lookups.ofToken(realm.name(), response.getSecret()));
      return response;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a remembered answer is not one", e);
    }
  }

  private static byte[] context(RequestKey key) {
    return ByteString.copyFromUtf8("IssueToken " + key.callerId() + " " + key.requestId())
        .toByteArray();
  }

  /** A request that carries an id. */
  private record Repeatable(RequestKey key, byte[] fingerprint) {
    RememberedRequest answered(IssueTokenResponse response, Sealer sealer, Instant now) {
      return new RememberedRequest(
          key,
          fingerprint,
          sealer.seal(response.toByteArray(), context(key)),
          now.plus(REMEMBERED));
    }
  }

  /** The request has been answered meanwhile. */
  private static final class RepeatedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RepeatedException() {
      super(null, null, false, false);
    }
  }
}
