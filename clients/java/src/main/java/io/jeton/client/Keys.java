package io.jeton.client;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.jeton.v1.CreateSigningKeyRequest;
import io.jeton.v1.KeyServiceGrpc;
import io.jeton.v1.KeyServiceGrpc.KeyServiceBlockingStub;
import io.jeton.v1.ListSigningKeysRequest;
import io.jeton.v1.RetireSigningKeyRequest;
import io.jeton.v1.SetForeignTokensRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Calls about signing keys, which need the permission {@link Permission#ADMIN} in the realm. A
 * realm of "" is the server's default one.
 *
 * <p>Every method blocks until the server has answered, at most the client's deadline, and throws
 * {@link JetonException} when it refused or did not answer. Safe for use by several threads.
 */
public final class Keys {
  private final KeyServiceBlockingStub stub;
  private final Calls calls;

  Keys(Channel channel, Calls calls) {
    this.stub = KeyServiceGrpc.newBlockingStub(channel);
    this.calls = calls;
  }

  /**
   * Adds a key.
   *
   * @param secret the secret of an HMAC key, exactly its bytes; empty: a random one
   * @return the key, or the one of this name that has the secret already
   */
  public SigningKey create(
      String realm, String name, SigningAlgorithm algorithm, Optional<byte[]> secret) {
    return create(realm, name, algorithm, secret, Duration.ZERO);
  }

  /**
   * Adds a key that is published at once and signs later.
   *
   * @param secret the secret of an HMAC key, exactly its bytes; empty: a random one
   * @param signAfter how much later it signs
   * @return the key, or the one of this name that has the secret already
   */
  public SigningKey create(
      String realm,
      String name,
      SigningAlgorithm algorithm,
      Optional<byte[]> secret,
      Duration signAfter) {
    var request =
        CreateSigningKeyRequest.newBuilder()
            .setRealm(realm)
            .setName(name)
            .setAlgorithm(KeyMessages.message(algorithm));
    secret.map(ByteString::copyFrom).ifPresent(request::setSecret);
    if (!signAfter.isZero()) {
      request.setSignAfter(Messages.duration(signAfter));
    }
    var response = calls.call(stub, s -> s.createSigningKey(request.build()));
    return KeyMessages.key(response.getKey());
  }

  /** Lists all keys of a realm, by name and then the oldest first, retired ones too. */
  public List<SigningKey> list(String realm) {
    var request = ListSigningKeysRequest.newBuilder().setRealm(realm).build();
    return calls.call(stub, s -> s.listSigningKeys(request)).getKeysList().stream()
        .map(KeyMessages::key)
        .toList();
  }

  /**
   * Says which tokens of an original server the keys of a name vouch for; empty: none. The
   * permission to sign with the key is enough.
   */
  public void setForeignTokens(String realm, String key, Optional<ForeignTokens> foreignTokens) {
    var request = SetForeignTokensRequest.newBuilder().setRealm(realm).setKey(key);
    foreignTokens.map(KeyMessages::message).ifPresent(request::setForeignTokens);
    var unused = calls.call(stub, s -> s.setForeignTokens(request.build()));
  }

  /**
   * Stops a key from signing.
   *
   * @param emergency also revokes every token that it signed, before this returns. With very many
   *     of them the call may take longer than its deadline: the work goes on, and calling again
   *     waits for the rest
   */
  public RetiredKey retire(String realm, String id, boolean emergency) {
    var request =
        RetireSigningKeyRequest.newBuilder()
            .setRealm(realm)
            .setId(id)
            .setEmergency(emergency)
            .build();
    var response = calls.call(stub, s -> s.retireSigningKey(request));
    return new RetiredKey(KeyMessages.key(response.getKey()), response.getRevoked());
  }
}
