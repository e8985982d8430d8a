package io.jeton.server.storage;

import io.jeton.server.domain.AccountId;
import io.jeton.server.domain.AccountImports;
import io.jeton.server.domain.AccountStore;
import io.jeton.server.domain.AnonymousTokens;
import io.jeton.server.domain.ApplicationStore;
import io.jeton.server.domain.CallerStore;
import io.jeton.server.domain.EpochStore;
import io.jeton.server.domain.ForeignTokenStore;
import io.jeton.server.domain.LicenceStore;
import io.jeton.server.domain.Lookup;
import io.jeton.server.domain.ModuleStore;
import io.jeton.server.domain.Realm;
import io.jeton.server.domain.RealmStore;
import io.jeton.server.domain.SealingKeyStore;
import io.jeton.server.domain.SessionStore;
import io.jeton.server.domain.SigningKeyStore;
import io.jeton.server.domain.TokenExtender;
import io.jeton.server.domain.TokenFamilies;
import io.jeton.server.domain.TokenLookup;
import io.jeton.server.domain.TokenReader;
import io.jeton.server.domain.TokenWriter;
import java.util.List;

/** An implementation of every port, and what a contract looks at behind the ports. */
public interface StoreUnderTest {
  TokenLookup tokenLookup();

  TokenReader tokenReader();

  TokenWriter tokenWriter();

  TokenFamilies tokenFamilies();

  LicenceStore licences();

  TokenExtender tokenExtender();

  AnonymousTokens anonymousTokens();

  CallerStore callers();

  AccountStore accounts();

  AccountImports accountImports();

  RealmStore realms();

  SealingKeyStore sealingKeys();

  SigningKeyStore signingKeys();

  ForeignTokenStore foreignTokens();

  EpochStore epochs();

  ModuleStore modules();

  ApplicationStore applications();

  SessionStore sessions();

  /** Makes or replaces an account that can be told from others by its state alone. */
  void putAccount(Realm realm, long id, AccountState state) throws Exception;

  /** The signing keys whose change nodes must be told of, one element a change, in no order. */
  List<Integer> keyRevisions();

  /** The epochs of realms that nodes must be told of, one element a change, in no order. */
  List<Integer> epochRevisions();

  /** The records of the changes so far, the oldest first. */
  List<AuditRecord> audit();

  /** The tokens whose change nodes must be told of, one element a change, in no order. */
  List<Lookup> revisions();

  /** The accounts whose change nodes must be told of, one element a change, in no order. */
  List<AccountId> accountRevisions();

  /** The modules whose change nodes must be told of, one element a change, in no order. */
  List<Integer> moduleRevisions();

  /** The applications whose change nodes must be told of, one element a change, in no order. */
  List<Integer> applicationRevisions();
}
