package io.jeton.server.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.jeton.server.cache.TokenCache;
import io.jeton.server.crypto.PasswordHasher;
import io.jeton.server.domain.Account;
import io.jeton.server.domain.AccountChange;
import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountStore;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.NameKeys;
import io.jeton.server.domain.NewAccount;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.Secret;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.CreateAccountResponse;
import io.jeton.v1.GetAccountRequest;
import io.jeton.v1.GetAccountResponse;
import io.jeton.v1.ListAccountsRequest;
import io.jeton.v1.ListAccountsResponse;
import io.jeton.v1.UpdateAccountRequest;
import io.jeton.v1.UpdateAccountResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code AccountService} except {@code CheckPassword}. Blocks; safe for use by several threads. */
public final class ManageAccounts {
  private static final int DEFAULT_PAGE = 50;
  private static final int SHORTEST_EMAIL = 3;
  private static final JsonFactory JSON = new JsonFactory();

  private final Access access;
  private final Validation validation;
  private final AccountStore store;
  private final TokenCache cache;
  private final Hashing hashing;
  private final InstantSource clock;

  public ManageAccounts(
      Access access,
      Validation validation,
      AccountStore store,
      TokenCache cache,
      Hashing hashing,
      InstantSource clock) {
    this.access = access;
    this.validation = validation;
    this.store = store;
    this.cache = cache;
    this.hashing = hashing;
    this.clock = clock;
  }

  public CreateAccountResponse create(CreateAccountRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ADMIN);
    Account.Names names =
        new Account.Names(
            optional(request.hasName(), request.getName()),
            optional(request.hasEmail(), request.getEmail()),
            optional(request.hasPhone(), request.getPhone()),
            optional(request.hasQq(), request.getQq()));
    requireFoldable("name", names.name());
    requireFoldable("email", names.email());
    NewAccount account =
        new NewAccount(
            id(request.getId()),
            names,
            passwordHash(request),
            request.getDisabled(),
            request.getBanned(),
            profile(request.getProfile()));
    return CreateAccountResponse.newBuilder()
        .setAccount(
            AccountMessages.account(
                store.create(realm, account, clock.instant(), identity.actor())))
        .build();
  }

  public GetAccountResponse get(GetAccountRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ADMIN);
    Account account =
        store
            .find(realm, AccountMessages.ref(request.getAccount()))
            .orElseThrow(() -> RefusedException.of(Refusal.ACCOUNT_NOT_FOUND));
    return GetAccountResponse.newBuilder().setAccount(AccountMessages.account(account)).build();
  }

  public ListAccountsResponse list(ListAccountsRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ADMIN);
    String query = "accounts\0" + realm.name();
    Optional<AccountId> after = PageTokens.account(request.getPageToken(), query);
    int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
    List<Account> found = store.list(realm, after, size + 1);
    ListAccountsResponse.Builder response = ListAccountsResponse.newBuilder();
    found.stream().limit(size).map(AccountMessages::account).forEach(response::addAccounts);
    if (found.size() > size) {
      response.setNextPageToken(PageTokens.text(found.get(size - 1).id(), query));
    }
    return response.build();
  }

  public UpdateAccountResponse update(UpdateAccountRequest request, Identity identity) {
    validation.require(request);
    Realm realm = access.require(identity.caller(), request.getRealm(), Permission.ADMIN);
    AccountChange change = change(request);
    Set<Lookup> ending = new HashSet<>();
    try {
      AccountStore.Updated updated =
          store.update(
              realm,
              AccountMessages.ref(request.getAccount()),
              change,
              clock.instant(),
              identity.actor(),
              ending::add);
      ending.forEach(cache::changed);
      return UpdateAccountResponse.newBuilder()
          .setAccount(AccountMessages.account(updated.account()))
          .setRevoked(updated.ended())
          .build();
    } catch (RuntimeException e) {
      ending.forEach(cache::doubted);
      throw e;
    }
  }

  private AccountChange change(UpdateAccountRequest request) {
    Optional<String> name = optional(request.hasName(), request.getName());
    Optional<String> email = optional(request.hasEmail(), request.getEmail());
    requireFoldable("name", name);
    requireFoldable("email", email);
    if (email.filter(text -> !text.isEmpty() && codePoints(text) < SHORTEST_EMAIL).isPresent()) {
      throw RefusedException.ofField(
          "email", "must be empty or at least " + SHORTEST_EMAIL + " characters");
    }
    return new AccountChange(
        name,
        email,
        optional(request.hasPhone(), request.getPhone()),
        optional(request.hasQq(), request.getQq()),
        optional(request.hasPassword(), request.getPassword()).map(this::hashOrNothing),
        request.hasDisabled() ? Optional.of(request.getDisabled()) : Optional.empty(),
        request.hasBanned() ? Optional.of(request.getBanned()) : Optional.empty(),
        optional(request.hasProfile(), request.getProfile()).map(ManageAccounts::profile));
  }

  private Optional<Secret> passwordHash(CreateAccountRequest request) {
    return switch (request.getSecretCase()) {
      case SECRET_NOT_SET -> Optional.empty();
      case PASSWORD -> Optional.of(hashOrNothing(request.getPassword()));
      case PASSWORD_HASH -> {
        Secret hash = Secret.of(request.getPasswordHash());
        if (!PasswordHasher.isUsable(hash)) {
          throw RefusedException.ofField("password_hash", PasswordHasher.LIMITS);
        }
        yield Optional.of(hash);
      }
    };
  }

  /** The hash of a password; of an empty one, which takes the password away, the empty text. */
  private Secret hashOrNothing(String password) {
    return password.isEmpty() ? Secret.of("") : hashing.hash(Secret.of(password)).join();
  }

  private static Optional<AccountId> id(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<AccountId> id = AccountId.parse(text);
    if (id.isEmpty()) {
      throw RefusedException.ofField("id", "must be a decimal integer from 1 to 2^53-1");
    }
    return id;
  }

  private static String profile(String text) {
    if (text.isEmpty()) {
      return "{}";
    }
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        parser.skipChildren();
        if (parser.nextToken() == null) {
          return text;
        }
      }
    } catch (IOException e) {
      // Said below, without a word of the text.
    }
    throw RefusedException.ofField("profile", "must be a JSON object");
  }

  private static void requireFoldable(String field, Optional<String> text) {
    if (text.filter(each -> !NameKeys.isFoldable(each)).isPresent()) {
      throw RefusedException.ofField(field, "must not be longer when it is normalized (NFKC)");
    }
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  private static Optional<String> optional(boolean isSet, String text) {
    return isSet ? Optional.of(text) : Optional.empty();
  }
}
