package io.jeton.client;

import java.util.Optional;

/**
 * What to change of an application. What is absent stays.
 *
 * @param encryptType how its clients encrypt their connections, from 0 to 3
 * @param publicKey a public key that its clients are told; an empty one takes it away
 * @param accessKey the key of its files
 * @param disabled whether its tokens are not active
 */
public record ApplicationChange(
    Optional<Integer> encryptType,
    Optional<String> publicKey,
    Optional<Secret> accessKey,
    Optional<Boolean> disabled) {

  /** Starts with no change. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects an {@link ApplicationChange}. Not safe for use by several threads. */
  public static final class Builder {
    private Optional<Integer> encryptType = Optional.empty();
    private Optional<String> publicKey = Optional.empty();
    private Optional<Secret> accessKey = Optional.empty();
    private Optional<Boolean> disabled = Optional.empty();

    private Builder() {}

    /** How its clients encrypt their connections. */
    public Builder encryptType(int encryptType) {
      this.encryptType = Optional.of(encryptType);
      return this;
    }

    /** A public key that its clients are told; an empty one takes it away. */
    public Builder publicKey(String publicKey) {
      this.publicKey = Optional.of(publicKey);
      return this;
    }

    /** The key of its files from now on. */
    public Builder accessKey(Secret accessKey) {
      this.accessKey = Optional.of(accessKey);
      return this;
    }

    /** Whether its tokens are not active. */
    public Builder disabled(boolean disabled) {
      this.disabled = Optional.of(disabled);
      return this;
    }

    /** The change as collected so far. */
    public ApplicationChange build() {
      return new ApplicationChange(encryptType, publicKey, accessKey, disabled);
    }
  }
}
