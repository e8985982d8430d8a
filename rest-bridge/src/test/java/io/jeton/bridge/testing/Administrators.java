package io.jeton.bridge.testing;

import com.google.protobuf.ByteString;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.JwtFormat;
import io.jeton.v1.SigningAlgorithm;
import java.time.Instant;

/** The tokens of administrators, which only gRPC makes. */
public final class Administrators {
  /** Whom such a token is about. */
  public static final String SUBJECT = "7";

  private static final String KEY = "lanying";

  private Administrators() {}

  /** A token of an application's administrator as the contract lanying has it, without an end. */
  public static IssueTokenRequest of(String realm, String appId, Instant now) {
    String claims =
        """
        {"app":"%s","sub":"%s","cluster":0,"role":2,"iat":%d}"""
            .formatted(appId, SUBJECT, now.getEpochSecond());
    return IssueTokenRequest.newBuilder()
        .setRealm(realm)
        .setKind("administrator")
        .setSubject(SUBJECT)
        .setAppId(appId)
        .setJwt(
            JwtFormat.newBuilder()
                .setKey(KEY)
                .setAlgorithm(SigningAlgorithm.SIGNING_ALGORITHM_HS512)
                .setHeader(ByteString.copyFromUtf8("{\"alg\":\"HS512\"}"))
                .setPayload(ByteString.copyFromUtf8(claims)))
        .build();
  }
}
