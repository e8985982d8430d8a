package io.jeton.server.grpc;

import io.grpc.stub.StreamObserver;
import io.jeton.server.api.CheckPasswords;
import io.jeton.server.api.EnsureAccounts;
import io.jeton.server.api.ManageAccounts;
import io.jeton.v1.AccountServiceGrpc;
import io.jeton.v1.AccountServiceGrpc.AccountServiceImplBase;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CheckPasswordResponse;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.CreateAccountResponse;
import io.jeton.v1.EnsureAccountRequest;
import io.jeton.v1.EnsureAccountResponse;
import io.jeton.v1.GetAccountRequest;
import io.jeton.v1.GetAccountResponse;
import io.jeton.v1.ListAccountsRequest;
import io.jeton.v1.ListAccountsResponse;
import io.jeton.v1.UpdateAccountRequest;
import io.jeton.v1.UpdateAccountResponse;

/** {@code jeton.v1.AccountService}. */
final class AccountGrpc extends AccountServiceImplBase {
  private final Calls calls;
  private final CallMetrics createAccountMetrics;
  private final CallMetrics getAccountMetrics;
  private final CallMetrics listAccountsMetrics;
  private final CallMetrics updateAccountMetrics;
  private final CallMetrics checkPasswordMetrics;
  private final CallMetrics ensureAccountMetrics;
  private final ManageAccounts manage;
  private final EnsureAccounts ensure;
  private final CheckPasswords passwords;

  AccountGrpc(Calls calls, ManageAccounts manage, EnsureAccounts ensure, CheckPasswords passwords) {
    this.calls = calls;
    this.createAccountMetrics = calls.metrics(AccountServiceGrpc.getCreateAccountMethod());
    this.getAccountMetrics = calls.metrics(AccountServiceGrpc.getGetAccountMethod());
    this.listAccountsMetrics = calls.metrics(AccountServiceGrpc.getListAccountsMethod());
    this.updateAccountMetrics = calls.metrics(AccountServiceGrpc.getUpdateAccountMethod());
    this.checkPasswordMetrics = calls.metrics(AccountServiceGrpc.getCheckPasswordMethod());
    this.ensureAccountMetrics = calls.metrics(AccountServiceGrpc.getEnsureAccountMethod());
    this.manage = manage;
    this.ensure = ensure;
    this.passwords = passwords;
  }

  @Override
  public void createAccount(
      CreateAccountRequest request, StreamObserver<CreateAccountResponse> observer) {
    calls.answerBlocking(createAccountMetrics, request, observer, manage::create);
  }

  @Override
  public void ensureAccount(
      EnsureAccountRequest request, StreamObserver<EnsureAccountResponse> observer) {
    calls.answerBlocking(ensureAccountMetrics, request, observer, ensure::ensure);
  }

  @Override
  public void getAccount(GetAccountRequest request, StreamObserver<GetAccountResponse> observer) {
    calls.answerBlocking(getAccountMetrics, request, observer, manage::get);
  }

  @Override
  public void listAccounts(
      ListAccountsRequest request, StreamObserver<ListAccountsResponse> observer) {
    calls.answerBlocking(listAccountsMetrics, request, observer, manage::list);
  }

  @Override
  public void updateAccount(
      UpdateAccountRequest request, StreamObserver<UpdateAccountResponse> observer) {
    calls.answerBlocking(updateAccountMetrics, request, observer, manage::update);
  }

  @Override
  public void checkPassword(
      CheckPasswordRequest request, StreamObserver<CheckPasswordResponse> observer) {
    calls.answerLater(checkPasswordMetrics, request, observer, passwords::check);
  }
}
