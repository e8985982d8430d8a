package io.jeton.bridge.testing;

import io.jeton.bridge.CoreException;
import io.jeton.v1.Application;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.GetApplicationRequest;
import io.jeton.v1.GetApplicationResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The applications of a {@link FakeCore}, with their secrets in clear. */
final class FakeApplications {
  private final List<Entry> entries = new ArrayList<>();

  /** An application and its secrets. */
  record Entry(Application application, String accessKey, String pushSecret) {}

  void put(Application application, String accessKey, String pushSecret) {
    entries.removeIf(
        each -> isNamed(each.application, application.getRealm(), application.getAppId()));
    entries.add(new Entry(application, accessKey, pushSecret));
  }

  GetApplicationResponse get(GetApplicationRequest request) {
    String realm = request.getRealm().isEmpty() ? "default" : request.getRealm();
    Entry entry =
        find(realm, request.getAppId())
            .orElseThrow(() -> new CoreException(ErrorReason.ERROR_REASON_APPLICATION_NOT_FOUND));
    GetApplicationResponse.Builder response =
        GetApplicationResponse.newBuilder().setApplication(entry.application);
    if (request.getReveal()) {
      response.setAccessKeySecret(entry.accessKey).setPushSecret(entry.pushSecret);
    }
    return response.build();
  }

  /** Whether an application is registered and disabled. */
  boolean isDisabled(String realm, String appId) {
    return find(realm, appId).filter(each -> each.application.getDisabled()).isPresent();
  }

  private Optional<Entry> find(String realm, String appId) {
    return entries.stream().filter(each -> isNamed(each.application, realm, appId)).findFirst();
  }

  private static boolean isNamed(Application application, String realm, String appId) {
    return application.getRealm().equals(realm) && application.getAppId().equals(appId);
  }
}
