package io.jeton.bridge.testing;

import io.jeton.v1.ModuleScope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What recorded cases are replayed on: a port that answers the contracts, and the core behind it.
 * Closing it stops everything.
 */
public interface World extends AutoCloseable {
  /** The port on 127.0.0.1. */
  int port();

  void advance(Duration duration);

  /** Lets every question to the core fail, as when the database is gone, or no longer. */
  void outage(boolean down);

  /** Disables an account, as an administrator. */
  void disable(String realm, String login);

  /** Bans an account, as an administrator. */
  void ban(String realm, String login);

  /** Gives an account another name, as an administrator. */
  void rename(String realm, String login, String name);

  /** Makes a new signing key of a name, which signs from now on. */
  void rotate(String realm, String key);

  /** Revokes a token by its secret. */
  void revoke(String realm, String token);

  /** Ends a session, as the website does when its user logs out. */
  void destroySession(String realm, String sid);

  /** Revokes a licence by its code. */
  void revokeLicence(String realm, String token, ModuleScope scope);

  /** Gives an anonymous token its account and scopes. */
  void bind(String realm, String token, String login, List<String> scopes);

  /** Makes a token that never ends, through gRPC, and says what its secret is. */
  String issue(String realm, String issuer);

  /** Makes a token of an application's administrator, through gRPC, and says what its secret is. */
  String issueAdministrator(String realm, String appId);

  /** As whom the holder of an administrator's token acted last, as the audit table has it. */
  Optional<String> lastAct(String realm, String token);

  /** What VerifyToken says of a token with an application: as {@link #verify(String, String)}. */
  Optional<String> verify(String realm, String token, String appId);

  /** What VerifyToken says of a token: the subject if it is active, otherwise nothing. */
  Optional<String> verify(String realm, String token);

  @Override
  void close();

  /** What makes a world of its own for every case. */
  interface Factory {
    World start(Given given) throws Exception;
  }
}
