package io.jeton.server.domain;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Which groups of tokens were ended, and so which tokens, whatever their rows say. Safe for use by
 * several threads; never blocks.
 */
public final class Epochs {
  private final ConcurrentMap<RealmName, OfRealm> byRealm = new ConcurrentHashMap<>();

  /** Whether a token was ended with a group that it is of. Allocates nothing on most calls. */
  public boolean isEnded(Token token) {
    OfRealm realm = byRealm.get(token.realm().name());
    return realm != null && realm.isEnded(token);
  }

  /** When a token was first ended with a group that it is of, as far as is known. */
  public Optional<Instant> endOf(Token token) {
    OfRealm realm = byRealm.get(token.realm().name());
    return realm == null || !realm.isEnded(token)
        ? Optional.empty()
        : Optional.of(Micros.toInstant(realm.endMicros(token)));
  }

  /** The token itself, or the same token as revoked when its group was ended, if that was first. */
  public Token judged(Token token) {
    if (!isEnded(token)) {
      return token;
    }
    return endOf(token)
        .filter(end -> token.revokeTime().map(end::isBefore).orElse(true))
        .map(token::revoked)
        .orElse(token);
  }

  /** Notes an end. Others may have come before it that are not known here yet. */
  public void add(Realm realm, GroupEnd end) {
    ofRealm(realm).add(List.of(end));
  }

  /** Notes ends: all that there were since the epoch {@link #followed}. */
  public void follow(Realm realm, List<GroupEnd> ends) {
    ofRealm(realm).follow(ends);
  }

  /** The epoch up to which all ends of a realm are known. */
  public int followed(Realm realm) {
    OfRealm ofRealm = byRealm.get(realm.name());
    return ofRealm == null ? 0 : ofRealm.followed;
  }

  private OfRealm ofRealm(Realm realm) {
    return byRealm.computeIfAbsent(realm.name(), any -> new OfRealm());
  }

  /** The ends of one realm. */
  private static final class OfRealm {
    private final Map<Axis, ConcurrentMap<String, Ended>> ends = new EnumMap<>(Axis.class);

    /** The largest epoch that is known: a token of this one or a later one cannot have ended. */
    private volatile int latest;

    /** How often something was noted: what was judged alive since the last time still is. */
    private volatile int version;

    private volatile int followed;

    OfRealm() {
      for (Axis axis : Axis.values()) {
        ends.put(axis, new ConcurrentHashMap<>());
      }
    }

    synchronized void add(List<GroupEnd> news) {
      int largest = latest;
      for (GroupEnd end : news) {
        TokenGroup group = end.group();
        Ended ended = new Ended(end.epoch(), Micros.of(end.revokeTime()));
        axis(group.axis()).merge(group.name(), ended, Ended::later);
        largest = Math.max(largest, end.epoch());
      }
      // In this order: who sees the new numbers sees the ends too.
      version++;
      latest = largest;
    }

    synchronized void follow(List<GroupEnd> news) {
      add(news);
      int last = followed;
      for (GroupEnd end : news) {
        last = Math.max(last, end.epoch());
      }
      followed = last;
    }

    boolean isEnded(Token token) {
      if (token.epoch() >= latest) {
        return false;
      }
      int now = version;
      if (token.isAliveAt(now)) {
        return false;
      }
      boolean isEnded = endMicros(token) != Long.MAX_VALUE;
      if (!isEnded) {
        token.setAliveAt(now);
      }
      return isEnded;
    }

    /** The first of the ends that apply; the largest number when none does. */
    long endMicros(Token token) {
      int epoch = token.epoch();
      long first = micros(axis(Axis.REALM).get(""), epoch);
      first = Math.min(first, micros(axis(Axis.SUBJECT).get(token.subject()), epoch));
      first = Math.min(first, micros(axis(Axis.KIND).get(token.kind()), epoch));
      first = Math.min(first, micros(axis(Axis.KIND).get(token.renewedKind()), epoch));
      first = Math.min(first, micros(axis(Axis.APPLICATION).get(token.appId()), epoch));
      Licence licence = token.licence();
      if (licence != null) {
        String module = TokenGroup.ofModule(licence.module().moduleId()).name();
        first = Math.min(first, micros(axis(Axis.MODULE).get(module), epoch));
      }
      return first;
    }

    private ConcurrentMap<String, Ended> axis(Axis axis) {
      return Objects.requireNonNull(ends.get(axis));
    }

    private static long micros(@Nullable Ended end, int epoch) {
      return end == null || end.epoch <= epoch ? Long.MAX_VALUE : end.micros;
    }
  }

  private record Ended(int epoch, long micros) {
    static Ended later(Ended a, Ended b) {
      return new Ended(Math.max(a.epoch, b.epoch), Math.max(a.micros, b.micros));
    }
  }
}
