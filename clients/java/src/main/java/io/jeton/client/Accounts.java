package io.jeton.client;

import io.grpc.Channel;
import io.jeton.v1.AccountServiceGrpc;
import io.jeton.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.GetAccountRequest;
import io.jeton.v1.ListAccountsRequest;
import io.jeton.v1.ListAccountsResponse;
import java.util.stream.Stream;

/**
 * Calls about accounts: {@link #checkPassword} needs the permission {@link Permission#LOGIN}, every
 * other {@link Permission#ADMIN} in the realm.
 *
 * <p>Every method blocks until the server has answered, at most the client's deadline, and throws
 * {@link JetonException} when it refused or did not answer. Safe for use by several threads.
 */
public final class Accounts {
  private static final int PAGE_SIZE = 100;

  private final AccountServiceBlockingStub stub;
  private final Calls calls;

  Accounts(Channel channel, Calls calls) {
    this.stub = AccountServiceGrpc.newBlockingStub(channel);
    this.calls = calls;
  }

  /** Adds an account. */
  public Account create(AccountSpec spec) {
    var request = AccountMessages.request(spec);
    return AccountMessages.account(calls.call(stub, s -> s.createAccount(request)).getAccount());
  }

  /** Shows one account. */
  public Account get(AccountRef ref) {
    var request =
        GetAccountRequest.newBuilder()
            .setRealm(ref.realm())
            .setAccount(AccountMessages.ref(ref))
            .build();
    return AccountMessages.account(calls.call(stub, s -> s.getAccount(request)).getAccount());
  }

  /**
   * Lists the accounts of a realm by id, disabled ones too. Pages are fetched as the stream is
   * read, each with the client's deadline.
   *
   * @param realm the tenant; empty: {@code default}
   */
  public Stream<Account> list(String realm) {
    return Pages.stream(
        pageToken -> {
          var request =
              ListAccountsRequest.newBuilder()
                  .setRealm(realm)
                  .setPageSize(PAGE_SIZE)
                  .setPageToken(pageToken);
          ListAccountsResponse page = calls.call(stub, s -> s.listAccounts(request.build()));
          return new Pages.Page<>(
              page.getAccountsList().stream().map(AccountMessages::account).toList(),
              page.getNextPageToken());
        });
  }

  /**
   * Changes an account. Disabling or banning it revokes all its tokens; making it active again does
   * not bring them back.
   */
  public UpdatedAccount update(AccountRef ref, AccountChange change) {
    var request = AccountMessages.request(ref, change);
    var response = calls.call(stub, s -> s.updateAccount(request));
    return new UpdatedAccount(
        AccountMessages.account(response.getAccount()), response.getRevoked());
  }

  /**
   * Whether a password is an account's. Too many failures are refused: {@link
   * JetonException#reason()} is then {@code LOGINS_THROTTLED}.
   */
  public PasswordCheck checkPassword(AccountRef ref, Secret password) {
    var request =
        CheckPasswordRequest.newBuilder()
            .setRealm(ref.realm())
            .setAccount(AccountMessages.ref(ref))
            .setPassword(password.reveal())
            .build();
    return AccountMessages.check(calls.call(stub, s -> s.checkPassword(request)));
  }
}
