package io.jeton.client;

import io.grpc.Channel;
import io.jeton.v1.ApplicationServiceGrpc;
import io.jeton.v1.ApplicationServiceGrpc.ApplicationServiceBlockingStub;
import io.jeton.v1.CreateApplicationRequest;
import io.jeton.v1.GetApplicationRequest;
import io.jeton.v1.ListApplicationsRequest;
import io.jeton.v1.ListApplicationsResponse;
import io.jeton.v1.UpdateApplicationRequest;
import java.util.stream.Stream;

/**
 * Calls about registered applications: to show one needs the permission {@link Permission#VERIFY},
 * its secrets {@link Permission#REVEAL} besides, every other call {@link Permission#ADMIN} in the
 * realm. A realm of "" is the server's default one.
 *
 * <p>Every method blocks until the server has answered, at most the client's deadline, and throws
 * {@link JetonException} when it refused or did not answer. Safe for use by several threads.
 */
public final class Applications {
  private static final int PAGE_SIZE = 100;

  private final ApplicationServiceBlockingStub stub;
  private final Calls calls;

  Applications(Channel channel, Calls calls) {
    this.stub = ApplicationServiceGrpc.newBlockingStub(channel);
    this.calls = calls;
  }

  /** Adds an application. */
  public Application create(ApplicationSpec spec) {
    var request =
        CreateApplicationRequest.newBuilder()
            .setRealm(spec.realm())
            .setAppId(spec.appId())
            .setEncryptType(spec.encryptType())
            .setPublicKey(spec.publicKey())
            .setDisabled(spec.disabled());
    spec.accessKey().map(Secret::reveal).ifPresent(request::setAccessKeySecret);
    var response = calls.call(stub, s -> s.createApplication(request.build()));
    return application(response.getApplication());
  }

  /** Shows an application without its secrets. */
  public Application get(String realm, String appId) {
    var request = GetApplicationRequest.newBuilder().setRealm(realm).setAppId(appId).build();
    return application(calls.call(stub, s -> s.getApplication(request)).getApplication());
  }

  /** Shows an application and its secrets. */
  public RevealedApplication reveal(String realm, String appId) {
    var request =
        GetApplicationRequest.newBuilder().setRealm(realm).setAppId(appId).setReveal(true).build();
    var response = calls.call(stub, s -> s.getApplication(request));
    return new RevealedApplication(
        application(response.getApplication()),
        Secret.of(response.getAccessKeySecret()),
        Secret.of(response.getPushSecret()));
  }

  /**
   * Lists the applications of a realm by app_id, disabled ones too. Pages are fetched as the stream
   * is read, each with the client's deadline.
   */
  public Stream<Application> list(String realm) {
    return Pages.stream(
        pageToken -> {
          var request =
              ListApplicationsRequest.newBuilder()
                  .setRealm(realm)
                  .setPageSize(PAGE_SIZE)
                  .setPageToken(pageToken);
          ListApplicationsResponse page =
              calls.call(stub, s -> s.listApplications(request.build()));
          return new Pages.Page<>(
              page.getApplicationsList().stream().map(Applications::application).toList(),
              page.getNextPageToken());
        });
  }

  /** Changes an application, and answers it as it is then. */
  public Application update(String realm, String appId, ApplicationChange change) {
    var request = UpdateApplicationRequest.newBuilder().setRealm(realm).setAppId(appId);
    change.encryptType().ifPresent(request::setEncryptType);
    change.publicKey().ifPresent(request::setPublicKey);
    change.accessKey().map(Secret::reveal).ifPresent(request::setAccessKeySecret);
    change.disabled().ifPresent(request::setDisabled);
    var response = calls.call(stub, s -> s.updateApplication(request.build()));
    return application(response.getApplication());
  }

  private static Application application(io.jeton.v1.Application m) {
    return new Application(
        m.getRealm(),
        m.getAppId(),
        m.getEncryptType(),
        m.getPublicKey(),
        m.getDisabled(),
        Messages.instant(m.getCreateTime()),
        Messages.instant(m.getUpdateTime()));
  }
}
