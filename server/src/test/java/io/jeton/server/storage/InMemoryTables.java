package io.jeton.server.storage;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountStore.Credentials;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.ApplicationStore.SealedApplication;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Epochs;
import io.jeton.server.domain.ForeignTokenPolicy;
import io.jeton.server.domain.GroupEnd;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Module;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmName;
import io.jeton.server.domain.RefreshRow;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.domain.SealingKeyStore.WrappedKey;
import io.jeton.server.domain.SecretSource;
import io.jeton.server.domain.SessionId;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenGroup;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import io.jeton.server.domain.TokenWriter.RememberedRequest;
import io.jeton.server.domain.TokenWriter.RequestKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows of the twin. Whoever touches them holds the monitor of this object for a whole
 * transaction, and checks everything before the first change: so a transaction is atomic.
 */
final class InMemoryTables {
  /** The order of VARBINARY: by unsigned bytes of UTF-8, which is not that of Java's strings. */
  static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  final Map<TokenId, Token> tokens = new HashMap<>();
  final Map<Lookup, Token> live = new HashMap<>();
  final Map<Lookup, Token> lastRevoked = new HashMap<>();
  final Map<TokenId, Instant> lastUses = new HashMap<>();
  final Map<TokenId, Refreshing> refreshing = new HashMap<>();
  final Map<TokenId, SecretSource> sources = new HashMap<>();
  final Map<RequestKey, RememberedRequest> requests = new HashMap<>();
  final Map<String, Caller> callers = new TreeMap<>(BY_BYTES);
  final Map<String, Lookup> callerKeys = new HashMap<>();
  final List<Realm> realms = new ArrayList<>();
  final Map<RealmName, ZoneId> zones = new HashMap<>();
  final List<AuditRecord> audit = new ArrayList<>();
  final List<Lookup> revisions = new ArrayList<>();
  final Map<Integer, TreeMap<Long, Credentials>> accounts = new HashMap<>();
  final List<AccountId> accountRevisions = new ArrayList<>();
  final List<Module> modules = new ArrayList<>();
  final List<Integer> moduleRevisions = new ArrayList<>();
  final List<SealedApplication> applications = new ArrayList<>();
  final List<Integer> applicationRevisions = new ArrayList<>();
  Optional<WrappedKey> sealingKey = Optional.empty();
  final List<InMemorySigningKeyStore.Row> signingKeys = new ArrayList<>();
  final List<Integer> keyRevisions = new ArrayList<>();
  final Map<Integer, Map<String, ForeignTokenPolicy>> policies = new HashMap<>();
  final Map<List<Object>, Optional<Instant>> revokedJtis = new HashMap<>();
  final TreeMap<SessionId, InMemorySessionStore.Row> sessions = new TreeMap<>();
  final Map<Realm, Map<TokenGroup, GroupEnd>> groupEnds = new HashMap<>();
  final List<Integer> epochRevisions = new ArrayList<>();

  /** Judges the tokens against what was ended. */
  final Epochs ended = new Epochs();

  final Map<TokenId, String> foreignJtis = new HashMap<>();
  final Map<List<Object>, AccountState> accountStates = new HashMap<>();

  /** Refuses an account that the realm does not have, or that is disabled or banned. */
  void requireActive(Realm realm, AccountId id) {
    Credentials credentials = accounts.getOrDefault(realm.id(), new TreeMap<>()).get(id.value());
    if (credentials == null) {
      throw RefusedException.of(Refusal.ACCOUNT_NOT_FOUND);
    }
    if (!credentials.account().isActive()) {
      throw RefusedException.of(Refusal.ACCOUNT_INACTIVE);
    }
  }

  /** Whether a token that this key signed may be inserted. */
  boolean isUsable(int signingKeyId) {
    return signingKeys.stream()
        .map(InMemorySigningKeyStore.Row::key)
        .anyMatch(key -> key.id() == signingKeyId && !key.isRevoked());
  }

  /** The epoch that tokens of a realm are issued in now. */
  int epoch(Realm realm) {
    return groupEnds.getOrDefault(realm, Map.of()).values().stream()
        .mapToInt(GroupEnd::epoch)
        .max()
        .orElse(0);
  }

  void addEnd(Realm realm, GroupEnd end) {
    groupEnds.computeIfAbsent(realm, any -> new HashMap<>()).put(end.group(), end);
    ended.add(realm, end);
    epochRevisions.add(end.epoch());
  }

  /** Whether a group that a token is of was ended since the token was issued. */
  boolean isEndedSinceIssue(Token token) {
    Epochs since = new Epochs();
    groupEnds.getOrDefault(token.realm(), Map.of()).values().stream()
        .filter(end -> !end.revokeTime().isBefore(token.issueTime()))
        .forEach(end -> since.add(token.realm(), end));
    return since.isEnded(token.inEpoch(0));
  }

  void insert(Token token) {
    tokens.put(token.id(), token);
    live.put(token.lookup(), token);
  }

  void revoke(Token token, Instant at) {
    Token revoked = token.revoked(at);
    tokens.put(token.id(), revoked);
    live.remove(token.lookup());
    lastRevoked.put(token.lookup(), revoked);
    revisions.add(token.lookup());
  }

  /** What a refresh looks at, besides the token; all may be null. */
  record Refreshing(
      TokenId partner, byte[] sealedPartner, Instant spent, byte[] answer, Instant sealEnd) {
    static final Refreshing NONE = new Refreshing(null, null, null, null, null);

    Refreshing ended() {
      return new Refreshing(partner, null, spent, null, null);
    }

    Refreshing spent(Instant at, byte[] newAnswer, Instant end) {
      return new Refreshing(partner, null, at, newAnswer, end);
    }

    Refreshing owing(byte[] newAnswer, Instant end) {
      return new Refreshing(partner, sealedPartner, spent, newAnswer, end);
    }
  }

  Refreshing refreshing(TokenId id) {
    return refreshing.getOrDefault(id, Refreshing.NONE);
  }

  /** The live rows of a family in the order of their ids. */
  List<Token> live(TokenId family) {
    return live.values().stream()
        .filter(token -> token.ties().family() != null)
        .filter(token -> token.ties().family().id().equals(family))
        .sorted(Comparator.comparing(Token::id))
        .toList();
  }

  /** Adds a token in the realm's epoch, in the place of one that was ended with its group. */
  void issue(Token token) {
    giveWay(token);
    add(token.inEpoch(epoch(token.realm())));
  }

  private void giveWay(Token token) {
    Token taken = live.get(token.lookup());
    if (taken != null) {
      Token over = ended.judged(taken);
      tokens.put(over.id(), over);
      lastRevoked.put(over.lookup(), over);
    }
  }

  void add(Token token) {
    tokens.put(token.id(), token);
    live.put(token.lookup(), token);
  }

  void addRefresh(RefreshRow refresh) {
    Token token = refresh.token();
    giveWay(token);
    add(token);
    refreshing.put(
        token.id(),
        new Refreshing(
            refresh.partner(),
            refresh.sealedPartner(),
            null,
            null,
            token.ties().family().endTime().orElseThrow()));
  }

  /** Refuses a row whose id or live key is taken, or, if it is signed, ever was. */
  void requireNew(Token token) throws DuplicateIdException {
    if (tokens.containsKey(token.id())) {
      throw new DuplicateIdException();
    }
    boolean isSigned = token.ties().signingKeyId() != 0;
    Token taken = live.get(token.lookup());
    boolean isTaken = taken != null && (isSigned || !ended.isEnded(taken));
    if (isTaken || isSigned && lastRevoked.containsKey(token.lookup())) {
      throw RefusedException.of(Refusal.TOKEN_EXISTS);
    }
  }

  void change(Token token) {
    add(token);
    revisions.add(token.lookup());
  }

  Token end(Token token, Instant at) {
    Token ended = token.revoked(at);
    tokens.put(token.id(), ended);
    live.remove(token.lookup());
    lastRevoked.put(token.lookup(), ended);
    refreshing.computeIfPresent(token.id(), (id, row) -> row.ended());
    revisions.add(token.lookup());
    return ended;
  }

  void record(Instant at, Actor actor, String action, String realm, String target) {
    audit.add(new AuditRecord(at, actor, action, realm, target));
  }
}
