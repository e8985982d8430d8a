package io.jeton.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountChange;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountRef;
import io.jeton.server.domain.AccountStore;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Grants;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.NewAccount;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Scopes;
import io.jeton.server.domain.Secret;
import io.jeton.server.domain.Ties;
import io.jeton.server.domain.Token;
import io.jeton.server.storage.AuditRecord;
import io.jeton.server.storage.InMemoryStore;
import io.jeton.server.storage.Samples;
import io.jeton.server.testing.Tokens;
import io.jeton.v1.UpdateAccountRequest;
import io.jeton.v1.UpdateAccountResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account that is disabled or banned: the tokens that this node holds are refused at once. */
class EndedAccountTest {
  private final InMemoryStore store = new InMemoryStore();
  private final TokenCache cache =
      new TokenCache(
          store.tokenLookup(),
          new TokenCache.Settings(1 << 20, 10, Duration.ofSeconds(5), Duration.ofSeconds(5), 1, 10),
          Ticker.systemTicker());
  private final List<Lookup> lookups = new ArrayList<>();
  private Realm realm;
  private Lookup bystander;

  @BeforeEach
  void issue() throws Exception {
    store.realms().ensure(Samples.realm("default"), Tokens.NOON);
    realm = store.realms().all().get(0);
    for (String name : List.of("ended", "bystander")) {
      store.accounts().create(realm, account(name), Tokens.NOON, Samples.ACTOR);
    }
    for (int n = 1; n <= 4; n++) {
      Token token = token(n, n == 4 ? 2 : 1);
      store.tokenWriter().insert(token, false, Optional.empty(), Samples.ACTOR);
      cache.load(token.lookup()).join();
      lookups.add(token.lookup());
    }
    bystander = lookups.remove(3);
  }

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void banning_makesTheNodeForgetItsTokens_andNoOthers() {
    UpdateAccountResponse response = ban(store.accounts());

    assertThat(response.getRevoked()).isEqualTo(3);
    assertThat(response.getAccount().getBanned()).isTrue();
    assertForgotten();
    assertThat(cache.cached(bystander)).isNotNull();
  }

  @Test
  void banning_thatMayHaveCommitted_makesTheNodeAskTheStoreEveryTime() {
    assertThatThrownBy(() -> ban(new CommitsAndFails())).isInstanceOf(RefusedException.class);

    assertForgotten();
    // What is read meanwhile is not held either: the commit may come later still.
    for (Lookup lookup : lookups) {
      assertThat(cache.cached(lookup)).isNull();
    }
    assertThat(cache.cached(bystander)).isNotNull();
  }

  @Test
  void theRecord_saysTheEndClientsAddress() {
    ban(store.accounts());

    List<AuditRecord> audit = store.audit();
    assertThat(audit.get(audit.size() - 1))
        .isEqualTo(
            new AuditRecord(
                Tokens.NOON, new Actor(1, "192.0.2.7", "r"), "UpdateAccount", "default", "1"));
  }

  private UpdateAccountResponse ban(AccountStore accounts) {
    Hashing hashing = new Hashing(Runnable::run, new UncountedLogins());
    ManageAccounts manage =
        new ManageAccounts(
            new Access(() -> Map.of("default", realm)),
            new Validation(),
            accounts,
            cache,
            hashing,
            () -> Tokens.NOON);
    Caller admin =
        new Caller(
            1,
            "admin",
            Grants.of(Map.of("*", EnumSet.of(Permission.ADMIN))),
            Tokens.NOON,
            Optional.empty());
    UpdateAccountRequest.Builder request = UpdateAccountRequest.newBuilder().setBanned(true);
    request.getAccountBuilder().setName("ended");
    return manage.update(request.build(), new Identity(admin, "192.0.2.7", true, "r"));
  }

  private void assertForgotten() {
    for (Lookup lookup : lookups) {
      assertThat(cache.cached(lookup)).isNull();
      assertThat(cache.load(lookup).join().orElseThrow().isRevoked()).isTrue();
    }
  }

  private static NewAccount account(String name) {
    return new NewAccount(
        Optional.empty(),
        new Account.Names(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty()),
        Optional.empty(),
        false,
        false,
        "{}");
  }

  private Token token(int id, long account) {
    Ties ties = new Ties("", new AccountId(account), null, 0);
    return Samples.token(
        realm,
        id,
        "T" + id,
        new Token.Attributes(
            "access",
            Long.toString(account),
            Scopes.NONE,
            "",
            Optional.empty(),
            Optional.empty(),
            ties));
  }

  private static final class UncountedLogins implements LoginCounter {
    @Override
    public void checked(Outcome outcome) {}

    @Override
    public void hashed(long nanos) {}
  }

  /** Carries out an update, and then says that the store did not answer. */
  private final class CommitsAndFails implements AccountStore {
    private final AccountStore accounts = store.accounts();

    @Override
    public Updated update(
        Realm in,
        AccountRef ref,
        AccountChange change,
        Instant at,
        Actor actor,
        Consumer<Lookup> ending) {
      accounts.update(in, ref, change, at, actor, ending);
      throw RefusedException.of(Refusal.STORE_UNAVAILABLE);
    }

    @Override
    public Account create(Realm in, NewAccount account, Instant at, Actor actor) {
      return accounts.create(in, account, at, actor);
    }

    @Override
    public Ensured ensure(Realm in, String qq, Instant at, Actor actor) {
      return accounts.ensure(in, qq, at, actor);
    }

    @Override
    public Optional<Account> find(Realm in, AccountRef ref) {
      return accounts.find(in, ref);
    }

    @Override
    public List<Account> list(Realm in, Optional<AccountId> after, int limit) {
      return accounts.list(in, after, limit);
    }

    @Override
    public Optional<Credentials> credentials(Realm in, AccountRef ref) {
      return accounts.credentials(in, ref);
    }

    @Override
    public boolean replaceHash(Realm in, AccountId id, Secret present, Secret replacement) {
      return accounts.replaceHash(in, id, present, replacement);
    }

    @Override
    public Map<String, Integer> sampleSchemes(Realm in) {
      return accounts.sampleSchemes(in);
    }
  }
}
