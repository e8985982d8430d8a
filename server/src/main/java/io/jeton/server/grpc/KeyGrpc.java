package io.jeton.server.grpc;

import io.grpc.stub.StreamObserver;
import io.jeton.server.api.ManageKeys;
import io.jeton.v1.CreateSigningKeyRequest;
import io.jeton.v1.CreateSigningKeyResponse;
import io.jeton.v1.KeyServiceGrpc;
import io.jeton.v1.KeyServiceGrpc.KeyServiceImplBase;
import io.jeton.v1.ListSigningKeysRequest;
import io.jeton.v1.ListSigningKeysResponse;
import io.jeton.v1.RetireSigningKeyRequest;
import io.jeton.v1.RetireSigningKeyResponse;
import io.jeton.v1.SetForeignTokensRequest;
import io.jeton.v1.SetForeignTokensResponse;

/** {@code jeton.v1.KeyService}. */
final class KeyGrpc extends KeyServiceImplBase {
  private final Calls calls;
  private final CallMetrics createSigningKeyMetrics;
  private final CallMetrics listSigningKeysMetrics;
  private final CallMetrics setForeignTokensMetrics;
  private final CallMetrics retireSigningKeyMetrics;
  private final ManageKeys manage;

  KeyGrpc(Calls calls, ManageKeys manage) {
    this.calls = calls;
    this.createSigningKeyMetrics = calls.metrics(KeyServiceGrpc.getCreateSigningKeyMethod());
    this.listSigningKeysMetrics = calls.metrics(KeyServiceGrpc.getListSigningKeysMethod());
    this.setForeignTokensMetrics = calls.metrics(KeyServiceGrpc.getSetForeignTokensMethod());
    this.retireSigningKeyMetrics = calls.metrics(KeyServiceGrpc.getRetireSigningKeyMethod());
    this.manage = manage;
  }

  @Override
  public void createSigningKey(
      CreateSigningKeyRequest request, StreamObserver<CreateSigningKeyResponse> observer) {
    calls.answerBlocking(createSigningKeyMetrics, request, observer, manage::create);
  }

  @Override
  public void listSigningKeys(
      ListSigningKeysRequest request, StreamObserver<ListSigningKeysResponse> observer) {
    calls.answerBlocking(listSigningKeysMetrics, request, observer, manage::list);
  }

  @Override
  public void setForeignTokens(
      SetForeignTokensRequest request, StreamObserver<SetForeignTokensResponse> observer) {
    calls.answerBlocking(setForeignTokensMetrics, request, observer, manage::setForeignTokens);
  }

  @Override
  public void retireSigningKey(
      RetireSigningKeyRequest request, StreamObserver<RetireSigningKeyResponse> observer) {
    calls.answerBlocking(retireSigningKeyMetrics, request, observer, manage::retire);
  }
}
