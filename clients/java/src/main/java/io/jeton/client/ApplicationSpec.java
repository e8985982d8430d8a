package io.jeton.client;

import java.util.Optional;

/**
 * What application to register.
 *
 * @param realm the tenant to add it to; empty: the server's default one
 * @param appId names it within its realm
 * @param encryptType how its clients encrypt their connections, from 0 to 3
 * @param publicKey a public key that its clients are told; empty: none
 * @param accessKey the key of its files; empty: a random one
 * @param disabled whether its tokens are not active
 */
public record ApplicationSpec(
    String realm,
    String appId,
    int encryptType,
    String publicKey,
    Optional<Secret> accessKey,
    boolean disabled) {

  /** Starts with an active application that has a random key. */
  public static Builder builder(String appId) {
    return new Builder(appId);
  }

  /** Collects an {@link ApplicationSpec}. Not safe for use by several threads. */
  public static final class Builder {
    private final String appId;
    private String realm = "";
    private int encryptType;
    private String publicKey = "";
    private Optional<Secret> accessKey = Optional.empty();
    private boolean disabled;

    private Builder(String appId) {
      this.appId = appId;
    }

    /** The tenant to add it to. Defaults to the server's default one. */
    public Builder realm(String realm) {
      this.realm = realm;
      return this;
    }

    /** How its clients encrypt their connections. Defaults to 0: not. */
    public Builder encryptType(int encryptType) {
      this.encryptType = encryptType;
      return this;
    }

    /** A public key that its clients are told. Defaults to none. */
    public Builder publicKey(String publicKey) {
      this.publicKey = publicKey;
      return this;
    }

    /** The key of its files. Defaults to a random one. */
    public Builder accessKey(Secret accessKey) {
      this.accessKey = Optional.of(accessKey);
      return this;
    }

    /** Whether its tokens are not active. Defaults to false. */
    public Builder disabled(boolean disabled) {
      this.disabled = disabled;
      return this;
    }

    /** The application as collected so far. */
    public ApplicationSpec build() {
      return new ApplicationSpec(realm, appId, encryptType, publicKey, accessKey, disabled);
    }
  }
}
