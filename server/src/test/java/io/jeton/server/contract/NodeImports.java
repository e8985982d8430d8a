package io.jeton.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.grpc.stub.StreamObserver;
import io.jeton.bridge.testing.Given;
import io.jeton.v1.AccountRef;
import io.jeton.v1.ImportRequest;
import io.jeton.v1.ImportResponse;
import io.jeton.v1.ImportServiceGrpc.ImportServiceStub;
import io.jeton.v1.RealmRecord;
import io.jeton.v1.TokenRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Imports the tokens and the time zones that a recorded case begins with. Blocks. */
final class NodeImports {
  private final ImportServiceStub service;

  NodeImports(ImportServiceStub service) {
    this.service = service;
  }

  void add(List<Given.GivenImport> tokens) {
    if (tokens.isEmpty()) {
      return;
    }
    send(
        tokens.stream()
            .map(each -> ImportRequest.newBuilder().setToken(tokenRecord(each)))
            .toList());
  }

  /** Gives realms their time zones. */
  void addZones(Map<String, String> zones) {
    if (zones.isEmpty()) {
      return;
    }
    send(
        zones.entrySet().stream()
            .map(
                zone ->
                    RealmRecord.newBuilder().setName(zone.getKey()).setTimeZone(zone.getValue()))
            .map(zone -> ImportRequest.newBuilder().setRealm(zone))
            .toList());
  }

  private void send(List<ImportRequest.Builder> lines) {
    CompletableFuture<ImportResponse> answer = new CompletableFuture<>();
    StreamObserver<ImportRequest> records = service.import_(keeping(answer));
    for (int i = 0; i < lines.size(); i++) {
      records.onNext(lines.get(i).setLine(i + 1).build());
    }
    records.onCompleted();
    assertThat(answer.join().getProblemsList()).isEmpty();
  }

  private static TokenRecord tokenRecord(Given.GivenImport given) {
    TokenRecord.Builder token =
        TokenRecord.newBuilder()
            .setRealm(given.realm())
            .setIssuer(given.issuer())
            .setToken(given.token())
            .setImportedId(given.id())
            .setAccount(AccountRef.newBuilder().setLogin(given.account()))
            .setRevealable(true);
    if (given.name() != null) {
      token.setName(given.name());
    }
    given
        .end()
        .map(end -> Timestamp.newBuilder().setSeconds(end.getEpochSecond()).build())
        .ifPresent(token::setExpireTime);
    return token.build();
  }

  private static StreamObserver<ImportResponse> keeping(CompletableFuture<ImportResponse> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ImportResponse response) {
        answer.complete(response);
      }

      @Override
      public void onError(Throwable cause) {
        answer.completeExceptionally(cause);
      }

      @Override
      public void onCompleted() {}
    };
  }
}
