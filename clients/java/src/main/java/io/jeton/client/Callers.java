package io.jeton.client;

import io.grpc.Channel;
import io.jeton.v1.CallerServiceGrpc;
import io.jeton.v1.CallerServiceGrpc.CallerServiceBlockingStub;
import io.jeton.v1.CreateCallerRequest;
import io.jeton.v1.DisableCallerRequest;
import io.jeton.v1.GetCallerRequest;
import io.jeton.v1.ListCallersRequest;
import io.jeton.v1.ListCallersResponse;
import io.jeton.v1.UpdateCallerRequest;
import java.util.List;
import java.util.stream.Stream;

/**
 * Calls about callers, all of which need the permission {@link Permission#ADMIN} for all realms.
 *
 * <p>Every method blocks until the server has answered, at most the client's deadline, and throws
 * {@link JetonException} when it refused or did not answer. Safe for use by several threads.
 */
public final class Callers {
  private static final int PAGE_SIZE = 200;

  private final CallerServiceBlockingStub stub;
  private final Calls calls;

  Callers(Channel channel, Calls calls) {
    this.stub = CallerServiceGrpc.newBlockingStub(channel);
    this.calls = calls;
  }

  /** Adds a caller and answers its key, this once. */
  public CreatedCaller create(String name, List<Grant> grants) {
    var request =
        CreateCallerRequest.newBuilder()
            .setName(name)
            .addAllGrants(CallerMessages.messages(grants))
            .build();
    var response = calls.call(stub, s -> s.createCaller(request));
    return new CreatedCaller(
        CallerMessages.caller(response.getCaller()), Secret.of(response.getKey()));
  }

  /** Shows one caller. */
  public Caller get(String name) {
    var request = GetCallerRequest.newBuilder().setName(name).build();
    return CallerMessages.caller(calls.call(stub, s -> s.getCaller(request)).getCaller());
  }

  /**
   * Lists the callers by name, disabled ones too. Pages are fetched as the stream is read, each
   * with the client's deadline.
   */
  public Stream<Caller> list() {
    return Pages.stream(
        pageToken -> {
          var request =
              ListCallersRequest.newBuilder().setPageSize(PAGE_SIZE).setPageToken(pageToken);
          ListCallersResponse page = calls.call(stub, s -> s.listCallers(request.build()));
          return new Pages.Page<>(
              page.getCallersList().stream().map(CallerMessages::caller).toList(),
              page.getNextPageToken());
        });
  }

  /** Replaces a caller's grants; its key stays. */
  public Caller update(String name, List<Grant> grants) {
    var request =
        UpdateCallerRequest.newBuilder()
            .setName(name)
            .addAllGrants(CallerMessages.messages(grants))
            .build();
    return CallerMessages.caller(calls.call(stub, s -> s.updateCaller(request)).getCaller());
  }

  /** Ends a caller's key for good; its name stays taken. Disabling it again changes nothing. */
  public Caller disable(String name) {
    var request = DisableCallerRequest.newBuilder().setName(name).build();
    return CallerMessages.caller(calls.call(stub, s -> s.disableCaller(request)).getCaller());
  }
}
