package io.jeton.server.storage.mysql;

import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Binding;
import io.jeton.server.domain.FamilyMember;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.Rotation;
import io.jeton.server.domain.Token;
import io.jeton.server.domain.TokenFamilies;
import io.jeton.server.domain.TokenId;
import io.jeton.server.domain.TokenWriter.DuplicateIdException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The port, one class a question. */
final class Families implements TokenFamilies {
  private final FindMembers members;
  private final FindTogether findTogether;
  private final RotateFamily rotate;
  private final RevokeTokens revoke;
  private final BindFamily bind;

  Families(
      FindMembers members,
      FindTogether findTogether,
      RotateFamily rotate,
      RevokeTokens revoke,
      BindFamily bind) {
    this.members = members;
    this.findTogether = findTogether;
    this.rotate = rotate;
    this.revoke = revoke;
    this.bind = bind;
  }

  @Override
  public Optional<FamilyMember> find(Lookup lookup) {
    return members.find(lookup);
  }

  @Override
  public Optional<FamilyMember> findEither(Lookup first, Lookup second) {
    return findTogether.find(first, second);
  }

  @Override
  public Optional<FamilyMember> renewerOf(Token token) {
    return members.renewerOf(token);
  }

  @Override
  public Rotation.Outcome rotate(Rotation rotation, Actor actor, Consumer<Lookup> touched)
      throws DuplicateIdException {
    return rotate.rotate(rotation, actor, touched);
  }

  @Override
  public void revoke(
      Realm realm, TokenId family, Instant at, Actor actor, Consumer<Lookup> touched) {
    revoke.revokeFamily(realm, family, at, actor, touched);
  }

  @Override
  public Optional<Token> bind(
      Realm realm, TokenId id, Binding binding, Instant at, Actor actor, Consumer<Lookup> touched) {
    return bind.bind(realm, id, binding, at, actor, touched);
  }
}
