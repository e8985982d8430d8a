package io.jeton.bridge.testing;

import com.google.protobuf.Timestamp;
import io.jeton.v1.IssueTokenRequest;
import io.jeton.v1.SuppliedFormat;
import java.time.Instant;
import java.util.Objects;

/**
 * A licence code of a recorded case, which was there before.
 *
 * @param issuer the contract instance that it is of
 * @param subject its owner
 * @param expireTime when it ends; none: never
 */
public record GivenLicence(
    String realm,
    String issuer,
    String code,
    String module,
    String subModule,
    String subject,
    String expireTime) {
  public GivenLicence {
    realm = Objects.requireNonNullElse(realm, "default");
    subModule = Objects.requireNonNullElse(subModule, "");
  }

  /** What issues it. */
  public IssueTokenRequest request() {
    IssueTokenRequest.Builder request =
        IssueTokenRequest.newBuilder()
            .setRealm(realm)
            .setKind("licence")
            .setIssuer(issuer)
            .setModule(module)
            .setSubModule(subModule)
            .setSubject(subject)
            .setSupplied(SuppliedFormat.newBuilder().setCode(code));
    if (expireTime != null) {
      request.setExpireTime(
          Timestamp.newBuilder().setSeconds(Instant.parse(expireTime).getEpochSecond()));
    }
    return request.build();
  }
}
