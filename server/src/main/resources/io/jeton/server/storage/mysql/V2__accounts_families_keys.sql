-- Accounts, signing keys, families of tokens. Every new column of an old table has a default, so
-- that the program of the version before still runs.

ALTER TABLE realm
  ADD COLUMN time_zone VARBINARY(64) NOT NULL DEFAULT 'UTC' COMMENT 'of its wall clocks, by its name in the IANA database';

CREATE TABLE account (
  realm_id INT NOT NULL COMMENT 'the tenant',
  account_id BIGINT NOT NULL COMMENT 'names the account within its realm; in decimal the subject of its tokens',
  name VARBINARY(1020) NULL COMMENT 'a name to log in with, as it was given; NULL: none',
  name_key VARBINARY(1020) NULL COMMENT 'the name folded, so that names which differ in case or width only are the same',
  email VARBINARY(1016) NULL COMMENT 'an address to log in with, as it was given; NULL: none',
  email_key VARBINARY(1020) NULL COMMENT 'the address folded',
  phone VARBINARY(128) NULL COMMENT 'a phone number to log in with; NULL: none',
  qq VARBINARY(128) NULL COMMENT 'a QQ number; NULL: none',
  password_hash VARBINARY(255) NULL COMMENT 'Argon2id in PHC form, or a bcrypt hash that was imported; NULL: no login succeeds',
  imported_hash BINARY(32) NULL COMMENT 'SHA-256 of the password hash that was last imported, which does not come back by being imported again; NULL: none was',
  disable_time BIGINT NULL COMMENT 'when it was disabled; NULL: it is not',
  ban_time BIGINT NULL COMMENT 'when it was banned; NULL: it is not',
  end_time BIGINT NULL COMMENT 'when its tokens were last ended: tokens of an original server from before are refused; NULL: never',
  profile VARBINARY(16384) NOT NULL COMMENT 'a JSON object, kept as it came',
  create_time BIGINT NOT NULL COMMENT 'when it was added',
  update_time BIGINT NOT NULL COMMENT 'when it was last changed, other than by a login',
  PRIMARY KEY (realm_id, account_id) COMMENT 'show, change and list accounts by id; log in by id',
  UNIQUE KEY account_name (realm_id, name_key) COMMENT 'log in by name; one account a name',
  UNIQUE KEY account_email (realm_id, email_key) COMMENT 'log in by e-mail; one account an address',
  UNIQUE KEY account_phone (realm_id, phone) COMMENT 'log in by phone; one account a number',
  UNIQUE KEY account_qq (realm_id, qq) COMMENT 'find by QQ number; one account a number',
  CONSTRAINT account_realm FOREIGN KEY (realm_id) REFERENCES realm (realm_id)
) ENGINE = InnoDB COMMENT = 'who can log in';

CREATE TABLE signing_key (
  signing_key_id INT NOT NULL AUTO_INCREMENT COMMENT 'names the key; the largest active one of a name signs',
  realm_id INT NOT NULL COMMENT 'the tenant',
  name VARBINARY(63) NOT NULL COMMENT 'what tokens are signed by',
  ordinal INT NOT NULL COMMENT 'the key''s number among those of its name',
  algorithm VARBINARY(16) NOT NULL COMMENT 'how it signs, by its name in RFC 7518',
  wrapped VARBINARY(4096) NOT NULL COMMENT 'the secret or private key, encrypted under the key ring',
  fingerprint BINARY(32) NOT NULL COMMENT 'keyed digest of the secret: tells whether it is there already',
  public_jwk VARBINARY(2048) NULL COMMENT 'the public key as a JSON Web Key; NULL: the algorithm has none',
  create_time BIGINT NOT NULL COMMENT 'when it was added',
  retire_time BIGINT NULL COMMENT 'when it stopped signing; NULL: it may sign',
  revoke_time BIGINT NULL COMMENT 'when it was retired in an emergency; NULL: it was not',
  PRIMARY KEY (signing_key_id) COMMENT 'tokens refer to it',
  UNIQUE KEY signing_key_ordinal (realm_id, name, ordinal) COMMENT 'list a realm''s keys; of two first keys of a name one is made',
  UNIQUE KEY signing_key_secret (realm_id, name, fingerprint) COMMENT 'importing a secret twice adds one key',
  CONSTRAINT signing_key_realm FOREIGN KEY (realm_id) REFERENCES realm (realm_id)
) ENGINE = InnoDB COMMENT = 'keys that sign tokens; no secret in clear';

CREATE TABLE foreign_token_policy (
  realm_id INT NOT NULL COMMENT 'the tenant',
  key_name VARBINARY(63) NOT NULL COMMENT 'the name of the keys',
  accept_until BIGINT NOT NULL COMMENT 'only tokens whose iat is before this are taken',
  refresh_window BIGINT NULL COMMENT 'how many microseconds after its iat such a token can be refreshed; NULL: it cannot be',
  claims VARBINARY(16384) NOT NULL COMMENT 'a JSON object: the text that a claim must have if the token has it',
  issuer VARBINARY(63) NOT NULL COMMENT 'the contract instance that such tokens are of; empty: none',
  PRIMARY KEY (realm_id, key_name) COMMENT 'one policy a name',
  CONSTRAINT foreign_token_policy_realm FOREIGN KEY (realm_id) REFERENCES realm (realm_id)
) ENGINE = InnoDB COMMENT = 'which tokens of original servers are taken over at first sight';

CREATE TABLE revoked_jti (
  realm_id INT NOT NULL COMMENT 'the tenant',
  key_name VARBINARY(63) NOT NULL COMMENT 'the name of the key that signed the token',
  jti VARBINARY(255) NOT NULL COMMENT 'the token''s claim jti',
  until BIGINT NULL COMMENT 'when the record may be forgotten; NULL: never',
  PRIMARY KEY (realm_id, key_name, jti) COMMENT 'is a token of an original server revoked',
  KEY revoked_jti_by_end (until) COMMENT 'the janitor''s batches',
  CONSTRAINT revoked_jti_realm FOREIGN KEY (realm_id) REFERENCES realm (realm_id)
) ENGINE = InnoDB COMMENT = 'what original servers had revoked before they were replaced';

ALTER TABLE token
  ADD COLUMN issuer VARBINARY(63) NOT NULL DEFAULT '' COMMENT 'the contract instance that made it; empty: gRPC',
  ADD COLUMN account_id BIGINT NULL COMMENT 'the account that it is about; NULL: none',
  ADD COLUMN signing_key_id INT NULL COMMENT 'the key that signed it; NULL: it is not signed',
  ADD COLUMN foreign_jti VARBINARY(255) NULL COMMENT 'of a token that was taken over: its claim jti; NULL: it was not',
  ADD COLUMN family_id BIGINT NULL COMMENT 'the first token of its family; NULL: it cannot be refreshed',
  ADD COLUMN family_end BIGINT NULL COMMENT 'when the family can no longer be refreshed',
  ADD COLUMN partner_id BIGINT NULL COMMENT 'of a refresh secret''s row: the token that it renews; NULL: it is a token itself',
  ADD COLUMN sealed_partner VARBINARY(4400) NULL COMMENT 'of a refresh secret''s row: the secret of the token that it renews, encrypted under this one',
  ADD COLUMN spent_time BIGINT NULL COMMENT 'when it was refreshed; NULL: it was not, or is a token that a pair renews',
  ADD COLUMN sealed_answer VARBINARY(24576) NULL COMMENT 'what its refresh answered, encrypted under its secret',
  ADD COLUMN seal_end BIGINT NULL COMMENT 'when what is encrypted here is erased; of a spent row, when its answer is no longer given',
  ADD KEY token_by_account (realm_id, account_id, live) COMMENT 'end an account''s tokens',
  ADD KEY token_by_family (family_id, live) COMMENT 'revoke or bind a family; its live refresh secret',
  ADD KEY token_by_key (signing_key_id, family_id, live) COMMENT 'revoke what a key signed and its families, in batches; did it sign one of a family',
  ADD KEY token_by_jti (foreign_jti) COMMENT 'end what an original server had revoked',
  ADD KEY token_by_seal (seal_end) COMMENT 'the janitor''s batches';

ALTER TABLE revision
  MODIFY COLUMN lookup BINARY(32) NULL COMMENT 'the token that changed; NULL: something else did',
  ADD COLUMN realm_id INT NULL COMMENT 'the tenant of the account or signing key that changed',
  ADD COLUMN account_id BIGINT NULL COMMENT 'the account that changed',
  ADD COLUMN signing_key_id INT NULL COMMENT 'the signing key that changed';

ALTER TABLE caller_grant
  MODIFY COLUMN permissions INT NOT NULL COMMENT 'what it may do there: bits 1 verify, 2 issue, 4 revoke, 8 list, 16 admin, 32 login',
  ADD COLUMN sign_keys VARBINARY(4096) NOT NULL DEFAULT '' COMMENT 'the names of the keys that it may sign with, in ascending order, separated by spaces; * is every key';

ALTER TABLE remembered_request
  MODIFY COLUMN sealed_answer VARBINARY(24576) NOT NULL COMMENT 'the answer, encrypted under the key ring';
