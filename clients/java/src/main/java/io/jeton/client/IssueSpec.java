package io.jeton.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What token to make. What is not said is the server's default: the realm {@code default}, the kind
 * {@code access}, nobody's, no scopes, no end, Jeton's own format.
 *
 * @param realm the tenant to make it in; empty: {@code default}
 * @param kind what it is for; empty: {@code access}
 * @param subject whom it is about; empty: nobody
 * @param scopes what it allows; order and repetition do not matter
 * @param appId the application to bind it to; empty: none
 * @param name a label for people
 * @param expiry when it ends
 * @param format what its secret looks like
 * @param requestId makes a repeated call safe: for 24 hours the same id with the same parameters
 *     gets the same answer and makes no second token; empty: every call makes one
 * @param accountId the account that it is about, instead of a subject; empty: none
 * @param refreshing how it can be refreshed
 * @param module the module that it is a licence for; empty: it is no licence
 * @param subModule the sub-module that it is a licence for; empty: the module itself
 * @param revealable whether its secret can be listed again; not together with refreshing
 * @param companions what is made with it and ends with it; not together with refreshing
 */
public record IssueSpec(
    String realm,
    String kind,
    String subject,
    List<String> scopes,
    String appId,
    Optional<String> name,
    Expiry expiry,
    TokenFormat format,
    String requestId,
    String accountId,
    Refreshing refreshing,
    String module,
    String subModule,
    boolean revealable,
    List<CompanionSpec> companions) {

  /** Copies the lists. */
  public IssueSpec {
    scopes = List.copyOf(scopes);
    companions = List.copyOf(companions);
  }

  /** Starts with every default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects an {@link IssueSpec}. Not safe for use by several threads. */
  public static final class Builder {
    private String realm = "";
    private String kind = "";
    private String subject = "";
    private final List<String> scopes = new ArrayList<>();
    private String appId = "";
    private Optional<String> name = Optional.empty();
    private Expiry expiry = new Expiry.Never();
    private TokenFormat format = new TokenFormat.Opaque();
    private String requestId = "";
    private String accountId = "";
    private Refreshing refreshing = new Refreshing.Never();
    private String module = "";
    private String subModule = "";
    private boolean revealable;
    private final List<CompanionSpec> companions = new ArrayList<>();

    private Builder() {}

    /** The tenant to make it in. Defaults to {@code default}. */
    public Builder realm(String realm) {
      this.realm = realm;
      return this;
    }

    /** What it is for. Defaults to {@code access}. */
    public Builder kind(String kind) {
      this.kind = kind;
      return this;
    }

    /** Whom it is about. Defaults to nobody. */
    public Builder subject(String subject) {
      this.subject = subject;
      return this;
    }

    /** Adds what it allows. */
    public Builder scopes(String... scopes) {
      return scopes(List.of(scopes));
    }

    /** Adds what it allows. */
    public Builder scopes(Collection<String> scopes) {
      this.scopes.addAll(scopes);
      return this;
    }

    /** The application to bind it to. Defaults to none. */
    public Builder appId(String appId) {
      this.appId = appId;
      return this;
    }

    /** A label for people. Defaults to none. */
    public Builder name(String name) {
      this.name = Optional.of(name);
      return this;
    }

    /** How long it is valid from now. Defaults to no end. */
    public Builder lifetime(Duration lifetime) {
      this.expiry = new Expiry.After(lifetime);
      return this;
    }

    /** The first instant at which it is no longer valid. Defaults to no end. */
    public Builder expireTime(Instant expireTime) {
      this.expiry = new Expiry.At(expireTime);
      return this;
    }

    /** What its secret looks like. Defaults to {@link TokenFormat.Opaque}. */
    public Builder format(TokenFormat format) {
      this.format = format;
      return this;
    }

    /** Makes a repeated call safe. Defaults to none. */
    public Builder requestId(String requestId) {
      this.requestId = requestId;
      return this;
    }

    /** The account that it is about, instead of a subject. Defaults to none. */
    public Builder accountId(String accountId) {
      this.accountId = accountId;
      return this;
    }

    /** How it can be refreshed. Defaults to not at all. */
    public Builder refreshing(Refreshing refreshing) {
      this.refreshing = refreshing;
      return this;
    }

    /** The module that it is a licence for. Defaults to none. */
    public Builder module(String module) {
      this.module = module;
      return this;
    }

    /** The sub-module that it is a licence for. Defaults to the module itself. */
    public Builder subModule(String subModule) {
      this.subModule = subModule;
      return this;
    }

    /** Lets its secret be listed again. Defaults to not. */
    public Builder revealable() {
      this.revealable = true;
      return this;
    }

    /** Adds what is made with it and ends with it. */
    public Builder companion(CompanionSpec companion) {
      this.companions.add(companion);
      return this;
    }

    /** The specification as collected so far. */
    public IssueSpec build() {
      return new IssueSpec(
          realm,
          kind,
          subject,
          scopes,
          appId,
          name,
          expiry,
          format,
          requestId,
          accountId,
          refreshing,
          module,
          subModule,
          revealable,
          companions);
    }
  }
}
