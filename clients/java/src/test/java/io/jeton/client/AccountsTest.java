package io.jeton.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.grpc.stub.StreamObserver;
import io.jeton.client.AccountRef.By;
import io.jeton.v1.AccountServiceGrpc.AccountServiceImplBase;
import io.jeton.v1.CheckPasswordRequest;
import io.jeton.v1.CheckPasswordResponse;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.CreateAccountResponse;
import io.jeton.v1.GetAccountRequest;
import io.jeton.v1.GetAccountResponse;
import io.jeton.v1.ListAccountsRequest;
import io.jeton.v1.ListAccountsResponse;
import io.jeton.v1.UpdateAccountRequest;
import io.jeton.v1.UpdateAccountResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private final List<Message> seen = new CopyOnWriteArrayList<>();
  private final FakeServer server = new FakeServer(new Fake());
  private final JetonClient client = server.client();

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void create_sendsEveryField_andReadsTheAccount() {
    Account account =
        client
            .accounts()
            .create(
                AccountSpec.builder()
                    .realm("shop")
                    .id("7")
                    .name("Seven")
                    .email("s@example.org")
                    .phone("130")
                    .qq("10001")
                    .password(Secret.of("S3CRET"))
                    .disabled(true)
                    .banned(true)
                    .profile("{\"a\":1}")
                    .build());

    assertThat(seen)
        .containsExactly(
            CreateAccountRequest.newBuilder()
                .setRealm("shop")
                .setId("7")
                .setName("Seven")
                .setEmail("s@example.org")
                .setPhone("130")
                .setQq("10001")
                .setPassword("S3CRET")
                .setDisabled(true)
                .setBanned(true)
                .setProfile("{\"a\":1}")
                .build());
    assertThat(account)
        .isEqualTo(
            new Account(
                "7",
                "default",
                Optional.of("Seven"),
                Optional.empty(),
                Optional.of("130"),
                Optional.empty(),
                true,
                false,
                true,
                "{}",
                Instant.ofEpochSecond(1),
                Instant.ofEpochSecond(2)));
  }

  @Test
  void create_sendsNothingThatIsNotGiven_andAHashAsOne() {
    client.accounts().create(AccountSpec.builder().build());
    client.accounts().create(AccountSpec.builder().passwordHash(Secret.of("$2y$")).build());

    assertThat(seen)
        .containsExactly(
            CreateAccountRequest.getDefaultInstance(),
            CreateAccountRequest.newBuilder().setPasswordHash("$2y$").build());
  }

  @Test
  void secrets_areInNoToString() {
    assertThat(AccountSpec.builder().password(Secret.of("S3CRET")).build().toString())
        .doesNotContain("S3CRET");
    assertThat(AccountChange.builder().password(Secret.of("S3CRET")).build().toString())
        .doesNotContain("S3CRET");
  }

  @Test
  void get_namesTheAccount_inEveryWay() {
    for (By by : By.values()) {
      client.accounts().get(AccountRef.of(by, "x").inRealm("shop"));
    }

    assertThat(seen)
        .extracting(message -> ((GetAccountRequest) message).getAccount().getByCase().name())
        .containsExactly("ID", "NAME", "EMAIL", "PHONE", "QQ", "LOGIN");
    assertThat(seen).allMatch(message -> ((GetAccountRequest) message).getRealm().equals("shop"));
  }

  @Test
  void list_followsPages() {
    assertThat(client.accounts().list("")).extracting(Account::id).containsExactly("1", "2");
  }

  @Test
  void update_sendsWhatIsGiven_emptyTextsToo() {
    UpdatedAccount updated =
        client
            .accounts()
            .update(
                AccountRef.login("seven"),
                AccountChange.builder()
                    .name("")
                    .password(Secret.of("S3CRET"))
                    .disabled(false)
                    .build());

    UpdateAccountRequest.Builder expected =
        UpdateAccountRequest.newBuilder().setName("").setPassword("S3CRET").setDisabled(false);
    expected.getAccountBuilder().setLogin("seven");
    assertThat(seen).containsExactly(expected.build());
    assertThat(updated.revoked()).isEqualTo(3);
    assertThat(updated.account().id()).isEqualTo("7");
  }

  @Test
  void checkPassword_saysTheAccount_orWhyNot() {
    PasswordCheck right =
        client.accounts().checkPassword(AccountRef.login("seven"), Secret.of("right"));
    assertThat(right.matches()).isTrue();
    assertThat(right.account().orElseThrow().id()).isEqualTo("7");
    assertThat(right.mismatch()).isEmpty();
    for (int reason = 1; reason <= 5; reason++) {
      PasswordCheck wrong =
          client.accounts().checkPassword(AccountRef.login("seven"), Secret.of("" + reason));
      assertThat(wrong.matches()).isFalse();
      assertThat(wrong.mismatch()).contains(PasswordMismatch.values()[reason - 1]);
    }
  }

  private final class Fake extends AccountServiceImplBase {
    private final io.jeton.v1.Account seven =
        io.jeton.v1.Account.newBuilder()
            .setId("7")
            .setRealm("default")
            .setName("Seven")
            .setPhone("130")
            .setHasPassword(true)
            .setBanned(true)
            .setProfile("{}")
            .setCreateTime(Timestamp.newBuilder().setSeconds(1))
            .setUpdateTime(Timestamp.newBuilder().setSeconds(2))
            .build();

    private <T> void answer(Message request, T response, StreamObserver<T> to) {
      seen.add(request);
      to.onNext(response);
      to.onCompleted();
    }

    @Override
    public void createAccount(CreateAccountRequest q, StreamObserver<CreateAccountResponse> to) {
      answer(q, CreateAccountResponse.newBuilder().setAccount(seven).build(), to);
    }

    @Override
    public void getAccount(GetAccountRequest q, StreamObserver<GetAccountResponse> to) {
      answer(q, GetAccountResponse.newBuilder().setAccount(seven).build(), to);
    }

    @Override
    public void listAccounts(ListAccountsRequest q, StreamObserver<ListAccountsResponse> to) {
      boolean isFirst = q.getPageToken().isEmpty();
      var response = ListAccountsResponse.newBuilder().setNextPageToken(isFirst ? "more" : "");
      response.addAccountsBuilder().setId(isFirst ? "1" : "2");
      answer(q, response.build(), to);
    }

    @Override
    public void updateAccount(UpdateAccountRequest q, StreamObserver<UpdateAccountResponse> to) {
      answer(q, UpdateAccountResponse.newBuilder().setAccount(seven).setRevoked(3).build(), to);
    }

    /** The right password, or the number of the reason that is wanted. */
    @Override
    public void checkPassword(CheckPasswordRequest q, StreamObserver<CheckPasswordResponse> to) {
      var response = CheckPasswordResponse.newBuilder();
      if (q.getPassword().equals("right")) {
        response.setMatches(true).setAccount(seven);
      } else {
        response.setReasonValue(Integer.parseInt(q.getPassword()));
      }
      answer(q, response.build(), to);
    }
  }
}
