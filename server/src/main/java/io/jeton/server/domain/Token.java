package io.jeton.server.domain;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token as the store knows it. Immutable, but for notes of its last judgement and use; never
 * holds the secret.
 *
 * <p>The times are kept as epoch microseconds, and the empty ones as sentinels, because the cache
 * holds millions of these; the accessors hide it.
 */
public final class Token {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long MICROS_A_SECOND = 1_000_000;

  private final Lookup lookup;
  private final long id;
  private final Realm realm;
  private final String kind;
  private final String subject;
  private final Scopes scopes;
  private final String appId;
  private final @Nullable String name;
  private final long issueMicros;
  private final long expireMicros;
  private final long revokeMicros;
  private final String issuer;
  private final long accountId;
  private final long familyId;
  private final long familyEndMicros;
  private final int signingKeyId;
  private final @Nullable Licence licence;
  private final int epoch;
  private final String renewedKind;

  /**
   * When the token was last judged against the ends of its realm, and was alive: the number of what
   * was known then. A race may lose a write or show an old number, and then the token is judged
   * again; whatever number is read was true when it was written, and stays so.
   */
  private int aliveAt;

  /** The second, since 1970, in which a use was last noted; a race may lose it. */
  private int useNotedSecond;

  private Token(
      Lookup lookup,
      long id,
      Realm realm,
      Attributes attributes,
      long issueMicros,
      long revokeMicros,
      int epoch,
      String renewedKind) {
    this.lookup = lookup;
    this.id = id;
    this.realm = realm;
    this.kind = attributes.kind;
    this.subject = attributes.subject;
    this.scopes = attributes.scopes;
    this.appId = attributes.appId;
    this.name = attributes.name.orElse(null);
    this.issueMicros = issueMicros;
    this.expireMicros = attributes.expireTime.map(Micros::of).orElse(NEVER);
    this.revokeMicros = revokeMicros;
    Ties ties = attributes.ties;
    Ties.Family family = ties.family();
    this.issuer = ties.issuer();
    this.accountId = ties.accountId().map(AccountId::value).orElse(0L);
    this.familyId = family == null ? 0 : family.id().value();
    this.familyEndMicros = family == null ? NEVER : family.endTime().map(Micros::of).orElse(NEVER);
    this.signingKeyId = ties.signingKeyId();
    this.licence = ties.licence();
    this.epoch = epoch;
    this.renewedKind = renewedKind;
  }

  /** What the issuer of a token decides. */
  public record Attributes(
      String kind,
      String subject,
      Scopes scopes,
      String appId,
      Optional<String> name,
      Optional<Instant> expireTime,
      Ties ties) {

    /** A token that is tied to nothing. */
    public Attributes(
        String kind,
        String subject,
        Scopes scopes,
        String appId,
        Optional<String> name,
        Optional<Instant> expireTime) {
      this(kind, subject, scopes, appId, name, expireTime, Ties.NONE);
    }

    /** The same, with other ties. */
    public Attributes with(Ties newTies) {
      return new Attributes(kind, subject, scopes, appId, name, expireTime, newTies);
    }

    /** The same, with another end. */
    public Attributes with(Optional<Instant> newExpireTime) {
      return new Attributes(kind, subject, scopes, appId, name, newExpireTime, ties);
    }
  }

  public static Token of(
      Lookup lookup,
      TokenId id,
      Realm realm,
      Attributes attributes,
      Instant issueTime,
      Optional<Instant> revokeTime) {
    return new Token(
        lookup,
        id.value(),
        realm,
        attributes,
        Micros.of(issueTime),
        revokeTime.map(Micros::of).orElse(NEVER),
        0,
        "");
  }

  /** The same token, issued or bound in this epoch of its realm. */
  public Token inEpoch(int newEpoch) {
    return new Token(
        lookup, id, realm, attributes(), issueMicros, revokeMicros, newEpoch, renewedKind);
  }

  /** The same token, as a refresh secret that renews a token of this kind. */
  public Token renewing(String newKind) {
    return new Token(lookup, id, realm, attributes(), issueMicros, revokeMicros, epoch, newKind);
  }

  /** The same token, ended at this time. */
  public Token revoked(Instant at) {
    return new Token(
        lookup, id, realm, attributes(), issueMicros, Micros.of(at), epoch, renewedKind);
  }

  /** The same token with other attributes. */
  public Token with(Attributes attributes) {
    return new Token(lookup, id, realm, attributes, issueMicros, revokeMicros, epoch, renewedKind);
  }

  /** What its issuer decided. */
  public Attributes attributes() {
    return new Attributes(kind, subject, scopes, appId, name(), expireTime(), ties());
  }

  public Ties ties() {
    return new Ties(
        issuer,
        accountId == 0 ? null : new AccountId(accountId),
        familyId == 0
            ? null
            : new Ties.Family(
                new TokenId(familyId),
                familyEndMicros == NEVER ? null : Micros.toInstant(familyEndMicros)),
        signingKeyId,
        licence);
  }

  /** What it is a licence for, or null when it is none. */
  public @Nullable Licence licence() {
    return licence;
  }

  /** The realm's epoch when it was issued or bound: it has ended if it was ended in a later one. */
  public int epoch() {
    return epoch;
  }

  /** Of a refresh secret: the kind of the token that it renews; empty: it is none. */
  public String renewedKind() {
    return renewedKind;
  }

  boolean isAliveAt(int number) {
    return aliveAt == number;
  }

  void setAliveAt(int number) {
    aliveAt = number;
  }

  /** Whether {@link #useNoted} was told of a use less than so many seconds before this instant. */
  public boolean isUseNoted(int seconds, long nowMicros) {
    return nowMicros / MICROS_A_SECOND - useNotedSecond < seconds;
  }

  /** Remembers that a use was noted. May be forgotten. */
  public void useNoted(long nowMicros) {
    useNotedSecond = (int) (nowMicros / MICROS_A_SECOND);
  }

  /** The contract instance that made it; empty: it was made through gRPC. */
  public String issuer() {
    return issuer;
  }

  public Lookup lookup() {
    return lookup;
  }

  public TokenId id() {
    return new TokenId(id);
  }

  public Realm realm() {
    return realm;
  }

  /** What the token is for, in its issuer's word. */
  public String kind() {
    return kind;
  }

  /** Whom the token is about; empty: nobody. */
  public String subject() {
    return subject;
  }

  public Scopes scopes() {
    return scopes;
  }

  /** The application that the token is bound to; empty: none. */
  public String appId() {
    return appId;
  }

  /** The label that the issuer gave, if any; it may be empty. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  public Instant issueTime() {
    return Micros.toInstant(issueMicros);
  }

  /** The first instant at which the token is no longer valid; empty: it does not expire. */
  public Optional<Instant> expireTime() {
    return expireMicros == NEVER ? Optional.empty() : Optional.of(Micros.toInstant(expireMicros));
  }

  public Optional<Instant> revokeTime() {
    return revokeMicros == NEVER ? Optional.empty() : Optional.of(Micros.toInstant(revokeMicros));
  }

  public boolean isRevoked() {
    return revokeMicros != NEVER;
  }

  /** Whether the token's end has come at an instant given in epoch microseconds. */
  public boolean isExpiredAt(long nowMicros) {
    return nowMicros >= expireMicros;
  }

  /**
   * A rough count of the bytes of heap that it takes in the cache, entry and key included. What it
   * may share with other tokens counts in full: too much rather than too little.
   */
  public int weight() {
    // Entry and map slot 104, this object 128, its key 48, its subject 40 and its characters.
    return 320
        + 2 * subject.length()
        + 2 * appId.length()
        + kind.length()
        + (name == null ? 0 : 40 + 2 * name.length())
        + (licence == null ? 0 : 64 + 2 * licence.machine().length())
        + scopes.weight();
  }

  @Override
  public String toString() {
    return "token " + id;
  }
}
