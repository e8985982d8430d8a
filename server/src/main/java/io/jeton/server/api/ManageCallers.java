package io.jeton.server.api;

import com.google.protobuf.Message;
import io.jeton.server.crypto.Lookups;
import io.jeton.server.crypto.TokenFormat;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.CallerStore;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Secret;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.CreateCallerResponse;
import io.jeton.v1.DisableCallerRequest;
import io.jeton.v1.DisableCallerResponse;
import io.jeton.v1.GetCallerRequest;
import io.jeton.v1.GetCallerResponse;
import io.jeton.v1.Grant;
import io.jeton.v1.ListCallersRequest;
import io.jeton.v1.ListCallersResponse;
import io.jeton.v1.UpdateCallerRequest;
import io.jeton.v1.UpdateCallerResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** {@code CallerService}. Blocks; safe for use by several threads. */
public final class ManageCallers {
  private static final int DEFAULT_PAGE = 50;
  private static final int MOST_GRANTS = 256;
  private static final int MOST_PERMISSIONS = 16;
  private static final int MOST_SIGN_KEYS = 64;

  private final Validation validation;
  private final CallerStore store;
  private final Runnable created;
  private final Runnable changed;
  private final InstantSource clock;

  /**
   * Takes what to run when a change has been committed and before it is answered.
   *
   * @param created after a creation; it must not throw, because the new key would be lost
   * @param changed after any other change; when it throws, the call fails
   */
  public ManageCallers(
      Validation validation,
      CallerStore store,
      Runnable created,
      Runnable changed,
      InstantSource clock) {
    this.validation = validation;
    this.store = store;
    this.created = created;
    this.changed = changed;
    this.clock = clock;
  }

  public CreateCallerResponse create(CreateCallerRequest request, Identity identity) {
    requireFewGrants(request.getGrantsList());
    require(request, identity);
    Secret key = TokenFormat.newServiceKey();
    Caller caller =
        store.create(
            request.getName(),
            Lookups.ofServiceKey(key.reveal()),
            Messages.grants(request.getGrantsList()),
            clock.instant(),
            identity.actor());
    created.run();
    return CreateCallerResponse.newBuilder()
        .setCaller(Messages.caller(caller))
        .setKey(key.reveal())
        .build();
  }

  public GetCallerResponse get(GetCallerRequest request, Identity identity) {
    require(request, identity);
    Caller caller =
        store
            .byName(request.getName())
            .orElseThrow(() -> RefusedException.of(Refusal.CALLER_NOT_FOUND));
    return GetCallerResponse.newBuilder().setCaller(Messages.caller(caller)).build();
  }

  public ListCallersResponse list(ListCallersRequest request, Identity identity) {
    require(request, identity);
    int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
    List<Caller> found = store.list(nameIn(request.getPageToken()), size + 1);
    ListCallersResponse.Builder response = ListCallersResponse.newBuilder();
    found.stream().limit(size).map(Messages::caller).forEach(response::addCallers);
    if (found.size() > size) {
      byte[] last = found.get(size - 1).name().getBytes(StandardCharsets.UTF_8);
      response.setNextPageToken(Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }
    return response.build();
  }

  public UpdateCallerResponse update(UpdateCallerRequest request, Identity identity) {
    requireFewGrants(request.getGrantsList());
    require(request, identity);
    Caller caller =
        store.update(
            request.getName(),
            Messages.grants(request.getGrantsList()),
            clock.instant(),
            identity.actor());
    changed.run();
    return UpdateCallerResponse.newBuilder().setCaller(Messages.caller(caller)).build();
  }

  public DisableCallerResponse disable(DisableCallerRequest request, Identity identity) {
    require(request, identity);
    Caller caller = store.disable(request.getName(), clock.instant(), identity.actor());
    changed.run();
    return DisableCallerResponse.newBuilder().setCaller(Messages.caller(caller)).build();
  }

  private static void requireFewGrants(List<Grant> grants) {
    Validation.requireAtMost("grants", grants.size(), MOST_GRANTS);
    for (int i = 0; i < grants.size(); i++) {
      Validation.requireAtMost(
          "grants[" + i + "].permissions", grants.get(i).getPermissionsCount(), MOST_PERMISSIONS);
      Validation.requireAtMost(
          "grants[" + i + "].sign_keys", grants.get(i).getSignKeysCount(), MOST_SIGN_KEYS);
    }
  }

  private void require(Message request, Identity identity) {
    validation.require(request);
    Access.requireAdministrator(identity.caller());
  }

  private static Optional<String> nameIn(String pageToken) {
    if (pageToken.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new String(Base64.getUrlDecoder().decode(pageToken), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw RefusedException.ofField("page_token", "must be the next_page_token of a page");
    }
  }
}
