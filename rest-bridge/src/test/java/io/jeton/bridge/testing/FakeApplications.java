package io.jeton.bridge.testing;

import io.jeton.bridge.CoreException;
import io.jeton.v1.Application;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.GetApplicationRequest;
import io.jeton.v1.GetApplicationResponse;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** The applications of a {@link FakeCore}, with their secrets in clear. */
final class FakeApplications {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, GetApplicationResponse> applications = new HashMap<>();

  void put(Application application, String accessKeySecret) {
    GetApplicationResponse.Builder entry =
        GetApplicationResponse.newBuilder()
            .setApplication(application)
            .setAccessKeySecret(accessKeySecret.isEmpty() ? random(16) : accessKeySecret)
            .setPushSecret(random(32));
    applications.put(key(application.getRealm(), application.getAppId()), entry.build());
  }

  GetApplicationResponse get(GetApplicationRequest request) {
    GetApplicationResponse found = applications.get(key(request.getRealm(), request.getAppId()));
    if (found == null) {
      throw new CoreException(ErrorReason.ERROR_REASON_APPLICATION_NOT_FOUND);
    }
    return request.getReveal()
        ? found
        : found.toBuilder().clearAccessKeySecret().clearPushSecret().build();
  }

  private static String key(String realm, String appId) {
    return (realm.isEmpty() ? "default" : realm) + " " + appId;
  }

  private static String random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
