package io.jeton.server.storage.mysql;

import io.jeton.server.domain.FamilyMember;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.server.storage.mysql.FindTogether.Presented;
import io.jeton.server.storage.mysql.StoreWatch.Kind;
import io.jeton.server.storage.mysql.Together.AllFailedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Finds what was presented to be refreshed, by its key as a refresh secret or else as a token:
 * those that are asked for at the same time with one question. Safe for use by several threads;
 * blocks.
 */
final class FindTogether implements Together.Work<Presented> {
  /** How many share a question at the most. */
  private static final int MOST_TOGETHER = 64;

  /** How many questions are under way. */
  private static final int MOST_AT_ONCE = 4;

  private final Transactions transactions;
  private final FindMembers members;
  private final Together<Presented> together;

  FindTogether(Transactions transactions, FindMembers members) {
    this.transactions = transactions;
    this.members = members;
    this.together = new Together<>(MOST_TOGETHER, MOST_AT_ONCE, this);
  }

  /** What somebody waits for. Changed by one thread, which others then wait for. */
  static final class Presented {
    private final Lookup refresh;
    private final Lookup token;
    private Optional<FamilyMember> refreshSecret = Optional.empty();
    private Optional<FamilyMember> liveToken = Optional.empty();

    Presented(Lookup refresh, Lookup token) {
      this.refresh = refresh;
      this.token = token;
    }
  }

  /**
   * The member that a key has as a refresh secret, or else that another has.
   *
   * @param refresh in the scope of refresh secrets
   * @param token in another scope
   */
  Optional<FamilyMember> find(Lookup refresh, Lookup token) {
    Presented presented = new Presented(refresh, token);
    transactions.part(Kind.READ, () -> together.run(presented));
    return presented.refreshSecret.or(() -> presented.liveToken).or(() -> members.lastEnded(token));
  }

  @Override
  public List<Presented> all(List<Presented> several) throws AllFailedException {
    try {
      List<Presented> unused = transactions.readShared(handle -> find(handle, several));
      return List.of();
    } catch (RefusedException e) {
      if (several.size() == 1 || e.refusal() == Refusal.STORE_UNAVAILABLE) {
        throw new AllFailedException(e);
      }
      throw e;
    }
  }

  @Override
  public void one(Presented presented) {
    List<Presented> unused = transactions.readShared(handle -> find(handle, List.of(presented)));
  }

  private List<Presented> find(Handle handle, List<Presented> several) {
    Parts.of(several, part -> findLive(handle, part));
    List<Presented> open = several.stream().filter(each -> each.refreshSecret.isEmpty()).toList();
    Parts.of(open, part -> findEnded(handle, part));
    return several;
  }

  private void findLive(Handle handle, List<Presented> part) {
    List<Lookup> keys = new ArrayList<>(2 * part.size());
    for (Presented each : part) {
      keys.add(each.refresh);
      keys.add(each.token);
    }
    Map<Lookup, FamilyMember> live = byKey(members.live(handle, keys));
    for (Presented each : part) {
      each.refreshSecret = Optional.ofNullable(live.get(each.refresh));
      each.liveToken = Optional.ofNullable(live.get(each.token));
    }
  }

  private void findEnded(Handle handle, List<Presented> part) {
    List<Lookup> keys = part.stream().map(each -> each.refresh).toList();
    Map<Lookup, FamilyMember> ended = byKey(members.lastEnded(handle, keys));
    for (Presented each : part) {
      each.refreshSecret = Optional.ofNullable(ended.get(each.refresh));
    }
  }

  private static Map<Lookup, FamilyMember> byKey(List<FamilyMember> found) {
    Map<Lookup, FamilyMember> byKey = new HashMap<>();
    found.forEach(each -> byKey.put(each.token().lookup(), each));
    return byKey;
  }
}
