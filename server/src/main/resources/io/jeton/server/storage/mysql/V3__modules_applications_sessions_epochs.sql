-- Modules and licences, applications, sessions, epochs. Every new column of an old table has a
-- default, so that the program of the version before still runs.

ALTER TABLE realm
  ADD COLUMN epoch INT NOT NULL DEFAULT 0 COMMENT 'how many times tokens of the realm were ended all at once; a token keeps what it was when the token was issued';

CREATE TABLE epoch (
  realm_id INT NOT NULL COMMENT 'the tenant',
  axis TINYINT NOT NULL COMMENT 'what the tokens have in common: 1 the realm, 2 the subject, 3 the application, 4 the module, 5 the kind',
  name VARBINARY(255) NOT NULL COMMENT 'whose: a subject, an app_id, the decimal id of a module, a kind; empty for the realm',
  epoch INT NOT NULL COMMENT 'the realm''s epoch when they were last ended: tokens with a smaller one are ended',
  revoke_time BIGINT NOT NULL COMMENT 'when they were last ended',
  PRIMARY KEY (realm_id, axis, name) COMMENT 'is a token ended; what is ended again replaces what was',
  KEY epoch_by_number (realm_id, epoch) COMMENT 'follow the ends of a realm from a number on',
  CONSTRAINT epoch_realm FOREIGN KEY (realm_id) REFERENCES realm (realm_id)
) ENGINE = InnoDB COMMENT = 'tokens that were ended all at once';

CREATE TABLE module (
  module_id INT NOT NULL AUTO_INCREMENT COMMENT 'names the module in other tables',
  realm_id INT NOT NULL COMMENT 'the tenant',
  name VARBINARY(1020) NOT NULL COMMENT 'names it within the realm, as it was given; never changes',
  name_key VARBINARY(1020) NOT NULL COMMENT 'the name folded, so that names which differ in case or width only are the same',
  identification VARBINARY(1020) NOT NULL COMMENT 'names it to programs that verify licences',
  expire_time BIGINT NULL COMMENT 'when its licences end; NULL: never',
  disable_time BIGINT NULL COMMENT 'when it was disabled; NULL: it is not',
  create_time BIGINT NOT NULL COMMENT 'when it was added',
  update_time BIGINT NOT NULL COMMENT 'when it or a sub-module was last changed',
  PRIMARY KEY (module_id) COMMENT 'tokens and sub-modules refer to it',
  UNIQUE KEY module_name (realm_id, name_key) COMMENT 'show, change and list modules by name; one a name',
  UNIQUE KEY module_identification (realm_id, identification) COMMENT 'one module an identification',
  CONSTRAINT module_realm FOREIGN KEY (realm_id) REFERENCES realm (realm_id)
) ENGINE = InnoDB COMMENT = 'what licences are for';

CREATE TABLE sub_module (
  sub_module_id INT NOT NULL AUTO_INCREMENT COMMENT 'names the sub-module in other tables',
  module_id INT NOT NULL COMMENT 'the module that it is a part of',
  name VARBINARY(1020) NOT NULL COMMENT 'names it within the module, as it was given; never changes',
  name_key VARBINARY(1020) NOT NULL COMMENT 'the name folded',
  expire_time BIGINT NULL COMMENT 'when its licences end; NULL: never',
  PRIMARY KEY (sub_module_id) COMMENT 'tokens refer to it',
  UNIQUE KEY sub_module_name (module_id, name_key) COMMENT 'a module''s parts by name; one a name',
  CONSTRAINT sub_module_module FOREIGN KEY (module_id) REFERENCES module (module_id)
) ENGINE = InnoDB COMMENT = 'parts of modules';

CREATE TABLE application (
  application_id INT NOT NULL AUTO_INCREMENT COMMENT 'names the application in other tables',
  realm_id INT NOT NULL COMMENT 'the tenant',
  app_id VARBINARY(128) NOT NULL COMMENT 'names it within the realm; never changes',
  encrypt_type TINYINT NOT NULL COMMENT 'how its clients encrypt their connections: 0 not, 1 AES-CBC-128, 2 AES-CBC-256, 3 in a way of their own',
  public_key VARBINARY(4096) NOT NULL COMMENT 'a public key that its clients are told; empty: none',
  sealed_access_key VARBINARY(1152) NOT NULL COMMENT 'the key of its files, encrypted under the key ring',
  sealed_push_secret VARBINARY(192) NOT NULL COMMENT 'what the push tokens of its users'' devices are derived from, encrypted under the key ring; never changes',
  disable_time BIGINT NULL COMMENT 'when it was disabled; NULL: it is not',
  create_time BIGINT NOT NULL COMMENT 'when it was added',
  update_time BIGINT NOT NULL COMMENT 'when it was last changed',
  PRIMARY KEY (application_id) COMMENT 'revisions refer to it',
  UNIQUE KEY application_app_id (realm_id, app_id) COMMENT 'show, change and list applications by app_id; one an app_id',
  CONSTRAINT application_realm FOREIGN KEY (realm_id) REFERENCES realm (realm_id)
) ENGINE = InnoDB COMMENT = 'registered applications; no secret in clear';

CREATE TABLE session (
  session_id BIGINT NOT NULL AUTO_INCREMENT COMMENT 'names the session',
  realm_id INT NOT NULL COMMENT 'the tenant',
  lookup BINARY(32) NOT NULL COMMENT 'SHA-256 of realm, scope of uniqueness and the sid''s digest: what a cookie finds it by',
  account_id BIGINT NULL COMMENT 'the account that is logged in; NULL: nobody is',
  sealed_data MEDIUMBLOB NOT NULL COMMENT 'a JSON object of at most 64 KiB, encrypted under the sid',
  create_time BIGINT NOT NULL COMMENT 'when it was added',
  expire_time BIGINT NOT NULL COMMENT 'the first instant at which it is no longer valid',
  PRIMARY KEY (session_id) COMMENT 'end a session by id; move the ends of many',
  UNIQUE KEY session_lookup (lookup) COMMENT 'find by sid; one session a sid',
  KEY session_by_account (realm_id, account_id, session_id) COMMENT 'list an account''s sessions, page by page',
  KEY session_by_expiry (expire_time) COMMENT 'the janitor''s batches',
  CONSTRAINT session_realm FOREIGN KEY (realm_id) REFERENCES realm (realm_id)
) ENGINE = InnoDB COMMENT = 'logins on websites; no secret in clear';

ALTER TABLE token
  ADD COLUMN epoch INT NOT NULL DEFAULT 0 COMMENT 'the realm''s epoch when it was issued, or bound',
  ADD COLUMN module_id INT NULL COMMENT 'the module that it is a licence for; NULL: it is no licence',
  ADD COLUMN sub_module_id INT NULL COMMENT 'the sub-module that it is a licence for; NULL: for the module itself',
  ADD COLUMN machine VARBINARY(1020) NULL COMMENT 'the machine that the licence is bound to; NULL: none',
  ADD COLUMN last_use_time BIGINT NULL COMMENT 'when the licence was last verified for its machine, to the minute; NULL: never',
  ADD COLUMN imported_id BIGINT NULL COMMENT 'what an original server called it; NULL: nothing',
  ADD COLUMN signed_content VARBINARY(2304) NULL COMMENT 'header (its length in two bytes first) and claims of a JSON Web Token that is signed again to be shown again; NULL: it is not',
  ADD COLUMN sealed_secret VARBINARY(4400) NULL COMMENT 'the secret of a token that is shown again and cannot be signed again, encrypted under the key ring',
  MODIFY COLUMN family_id BIGINT NULL COMMENT 'the first token of those that were refreshed one from another, or made together; NULL: it is alone',
  MODIFY COLUMN family_end BIGINT NULL COMMENT 'when the family can no longer be refreshed; NULL: it never can be';

ALTER TABLE remembered_request
  MODIFY COLUMN sealed_answer MEDIUMBLOB NOT NULL COMMENT 'the answer, encrypted under the key ring';

ALTER TABLE revision
  ADD COLUMN epoch INT NULL COMMENT 'the realm''s epoch that the change made',
  ADD COLUMN module_id INT NULL COMMENT 'the module that changed',
  ADD COLUMN application_id INT NULL COMMENT 'the application that changed';

ALTER TABLE audit
  ADD COLUMN effective_subject VARBINARY(255) NOT NULL DEFAULT '' COMMENT 'whom the token in target acted as; empty: it was no such act';

ALTER TABLE caller_grant
  MODIFY COLUMN permissions INT NOT NULL COMMENT 'what it may do there: bits 1 verify, 2 issue, 4 revoke, 8 list, 16 admin, 32 login, 64 reveal';
