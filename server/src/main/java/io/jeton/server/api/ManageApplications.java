package io.jeton.server.api;

import io.jeton.server.crypto.ApplicationSealer;
import io.jeton.server.crypto.ApplicationSealer.Secrets;
import io.jeton.server.domain.Application;
import io.jeton.server.domain.ApplicationChange;
import io.jeton.server.domain.ApplicationStore;
import io.jeton.server.domain.ApplicationStore.NewApplication;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Secret;
import io.jeton.v1.CreateApplicationRequest;
import io.jeton.v1.CreateApplicationResponse;
import io.jeton.v1.GetApplicationRequest;
import io.jeton.v1.GetApplicationResponse;
import io.jeton.v1.ListApplicationsRequest;
import io.jeton.v1.ListApplicationsResponse;
import io.jeton.v1.UpdateApplicationRequest;
import io.jeton.v1.UpdateApplicationResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code ApplicationService}. Blocks, except to show an application; safe for use by several
 * threads.
 */
public final class ManageApplications {
  private static final int DEFAULT_PAGE = 50;

  private final Access access;
  private final Validation validation;
  private final ApplicationStore store;
  private final ApplicationSealer sealer;
  private final Applications applications;
  private final InstantSource clock;

  public ManageApplications(
      Access access,
      Validation validation,
      ApplicationStore store,
      ApplicationSealer sealer,
      Applications applications,
      InstantSource clock) {
    this.access = access;
    this.validation = validation;
    this.store = store;
    this.sealer = sealer;
    this.applications = applications;
    this.clock = clock;
  }

  public CreateApplicationResponse create(CreateApplicationRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ADMIN);
    NewApplication application = application(realm, request, sealer);
    return CreateApplicationResponse.newBuilder()
        .setApplication(
            changed(() -> store.create(realm, application, clock.instant(), identity.actor())))
        .build();
  }

  /** Shows an application that this node holds in memory. Never blocks. */
  public GetApplicationResponse get(GetApplicationRequest request, @Nullable Caller caller) {
    validation.require(request);
    Realm realm = access.require(caller, request.getRealm(), Permission.VERIFY);
    if (request.getReveal()) {
      access.require(caller, request.getRealm(), Permission.REVEAL);
    }
    Applications.Entry entry =
        applications
            .entry(realm, request.getAppId())
            .orElseThrow(() -> RefusedException.of(Refusal.APPLICATION_NOT_FOUND));
    GetApplicationResponse.Builder response =
        GetApplicationResponse.newBuilder().setApplication(message(entry.application()));
    if (request.getReveal()) {
      Secrets secrets =
          entry
              .secrets()
              .orElseThrow(() -> new IllegalStateException("the secrets cannot be opened"));
      response
          .setAccessKeySecret(secrets.accessKey().reveal())
          .setPushSecret(secrets.pushSecret().reveal());
    }
    return response.build();
  }

  public ListApplicationsResponse list(ListApplicationsRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ADMIN);
    String query = "applications\0" + realm.name();
    Optional<String> after = PageTokens.name(request.getPageToken(), query);
    int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
    List<Application> found = store.list(realm, after, size + 1);
    ListApplicationsResponse.Builder response = ListApplicationsResponse.newBuilder();
    found.stream().limit(size).map(ManageApplications::message).forEach(response::addApplications);
    if (found.size() > size) {
      response.setNextPageToken(PageTokens.text(found.get(size - 1).appId(), query));
    }
    return response.build();
  }

  public UpdateApplicationResponse update(UpdateApplicationRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ADMIN);
    String appId = request.getAppId();
    ApplicationChange change =
        new ApplicationChange(
            request.hasEncryptType() ? Optional.of(request.getEncryptType()) : Optional.empty(),
            request.hasPublicKey() ? Optional.of(request.getPublicKey()) : Optional.empty(),
            request.hasAccessKeySecret()
                ? Optional.of(
                    sealer.sealAccessKey(realm, appId, Secret.of(request.getAccessKeySecret())))
                : Optional.empty(),
            request.hasDisabled() ? Optional.of(request.getDisabled()) : Optional.empty());
    return UpdateApplicationResponse.newBuilder()
        .setApplication(
            changed(() -> store.update(realm, appId, change, clock.instant(), identity.actor())))
        .build();
  }

  /** The application of a message that the general check has let through. */
  static NewApplication application(
      Realm realm, CreateApplicationRequest message, ApplicationSealer sealer) {
    String appId = message.getAppId();
    Secret accessKey =
        message.getAccessKeySecret().isEmpty()
            ? sealer.randomAccessKey()
            : Secret.of(message.getAccessKeySecret());
    return new NewApplication(
        appId,
        message.getEncryptType(),
        message.getPublicKey(),
        message.getDisabled(),
        sealer.sealAccessKey(realm, appId, accessKey),
        sealer.sealPushSecret(realm, appId, sealer.randomPushSecret()));
  }

  /** The outcome of a change, which this node acts by from now on. */
  private io.jeton.v1.Application changed(Supplier<Application> change) {
    Application application = change.get();
    applications.refresh();
    return message(application);
  }

  private static io.jeton.v1.Application message(Application application) {
    return io.jeton.v1.Application.newBuilder()
        .setRealm(application.realm().name().value())
        .setAppId(application.appId())
        .setEncryptType(application.encryptType())
        .setPublicKey(application.publicKey())
        .setDisabled(application.isDisabled())
        .setCreateTime(Messages.timestamp(application.createTime()))
        .setUpdateTime(Messages.timestamp(application.updateTime()))
        .build();
  }
}
