-- Times are microseconds since 1970-01-01T00:00:00Z. Exact texts are UTF-8 in VARBINARY: the
-- character types pad and fold what must be compared byte by byte.

CREATE TABLE realm (
  realm_id INT NOT NULL AUTO_INCREMENT COMMENT 'names the realm in other tables',
  name VARBINARY(63) NOT NULL COMMENT 'names the realm in requests and in token lookups; never changes',
  create_time BIGINT NOT NULL COMMENT 'when it was added',
  PRIMARY KEY (realm_id) COMMENT 'tokens refer to it',
  UNIQUE KEY realm_name (name) COMMENT 'one realm a name'
) ENGINE = InnoDB COMMENT = 'tenants';

CREATE TABLE token (
  token_id BIGINT NOT NULL COMMENT 'names the token; made by a node, ascending with time',
  realm_id INT NOT NULL COMMENT 'the tenant',
  lookup BINARY(32) NOT NULL COMMENT 'SHA-256 of realm, scope of uniqueness and secret digest: what a presented token is found by',
  live TINYINT NULL COMMENT '1 until the token is revoked, then NULL, so that its secret may be issued again',
  kind VARBINARY(32) NOT NULL COMMENT 'what the token is for, in its issuer''s word',
  subject VARBINARY(255) NOT NULL COMMENT 'whom the token is about; empty: nobody',
  scopes VARBINARY(8255) NOT NULL COMMENT 'what it allows: words in ascending order, separated by spaces',
  app_id VARBINARY(128) NOT NULL COMMENT 'the application it is bound to; empty: none',
  name VARBINARY(1020) NULL COMMENT 'the label its issuer gave; NULL: none',
  issue_time BIGINT NOT NULL COMMENT 'when it was issued',
  expire_time BIGINT NULL COMMENT 'the first instant at which it is no longer valid; NULL: it does not expire',
  revoke_time BIGINT NULL COMMENT 'when it was revoked; NULL: it was not',
  PRIMARY KEY (token_id) COMMENT 'show and revoke a token by id',
  UNIQUE KEY token_lookup (lookup, live) COMMENT 'verify; at most one live token a secret',
  KEY token_by_subject (realm_id, live, subject, token_id) COMMENT 'list the live tokens of a realm or of a subject, page by page'
) ENGINE = InnoDB COMMENT = 'one row a secret; no secret in it';

CREATE TABLE caller (
  caller_id INT NOT NULL AUTO_INCREMENT COMMENT 'names the caller in other tables',
  name VARBINARY(63) NOT NULL COMMENT 'names the caller to people; never given to another',
  key_digest BINARY(32) NOT NULL COMMENT 'SHA-256 of its service key',
  create_time BIGINT NOT NULL COMMENT 'when it was added',
  disable_time BIGINT NULL COMMENT 'when its key was ended; NULL: it was not',
  PRIMARY KEY (caller_id) COMMENT 'grants, requests and audit records refer to it',
  UNIQUE KEY caller_name (name) COMMENT 'show, change and list callers by name',
  UNIQUE KEY caller_key (key_digest) COMMENT 'one caller a key'
) ENGINE = InnoDB COMMENT = 'internal services that may call';

CREATE TABLE caller_grant (
  caller_id INT NOT NULL COMMENT 'the caller',
  realm VARBINARY(63) NOT NULL COMMENT 'the name of the realm, or * for all',
  permissions INT NOT NULL COMMENT 'what it may do there: bits 1 verify, 2 issue, 4 revoke, 8 list, 16 admin',
  PRIMARY KEY (caller_id, realm) COMMENT 'a caller''s grants',
  CONSTRAINT caller_grant_caller FOREIGN KEY (caller_id) REFERENCES caller (caller_id)
) ENGINE = InnoDB COMMENT = 'what callers may do';

CREATE TABLE remembered_request (
  caller_id INT NOT NULL COMMENT 'who asked',
  request_id VARBINARY(64) NOT NULL COMMENT 'the caller''s name for the request',
  fingerprint BINARY(32) NOT NULL COMMENT 'keyed digest of the parameters',
  sealed_answer VARBINARY(16384) NOT NULL COMMENT 'the answer, encrypted under the key ring',
  expire_time BIGINT NOT NULL COMMENT 'when it may be forgotten',
  PRIMARY KEY (caller_id, request_id) COMMENT 'answer a repeated request',
  KEY remembered_request_by_expiry (expire_time) COMMENT 'the janitor''s batches'
) ENGINE = InnoDB COMMENT = 'answers that are owed again';

CREATE TABLE sealing_key (
  sealing_key_id INT NOT NULL COMMENT 'ascending; the largest is in use',
  wrapped VARBINARY(255) NOT NULL COMMENT 'the key, encrypted under the master key',
  create_time BIGINT NOT NULL COMMENT 'when it was made',
  PRIMARY KEY (sealing_key_id) COMMENT 'the newest key'
) ENGINE = InnoDB COMMENT = 'keys that seal answers';

CREATE TABLE lane (
  lane_id BIGINT NOT NULL AUTO_INCREMENT COMMENT 'names the lane',
  boot_id BINARY(16) NOT NULL COMMENT 'the process it belongs to',
  worker INT NOT NULL COMMENT 'its number within the process',
  register_time BIGINT NOT NULL COMMENT 'when it was registered, before its first change',
  PRIMARY KEY (lane_id) COMMENT 'revisions refer to it'
) ENGINE = InnoDB COMMENT = 'writing workers, each with a numbering of its own';

CREATE TABLE revision (
  lane_id BIGINT NOT NULL COMMENT 'the lane that made the change',
  sequence BIGINT NOT NULL COMMENT 'the change''s number in its lane: in the order of the commits',
  lookup BINARY(32) NOT NULL COMMENT 'the token that changed',
  change_time BIGINT NOT NULL COMMENT 'when, by the clock of the node',
  PRIMARY KEY (lane_id, sequence) COMMENT 'follow a lane from a number on',
  KEY revision_by_time (change_time) COMMENT 'the janitor''s batches'
) ENGINE = InnoDB COMMENT = 'changes of facts that nodes hold in memory';

CREATE TABLE audit (
  audit_id BIGINT NOT NULL AUTO_INCREMENT COMMENT 'names the record',
  audit_time BIGINT NOT NULL COMMENT 'when',
  caller_id INT NOT NULL COMMENT 'who; 0: the server itself',
  action VARBINARY(32) NOT NULL COMMENT 'what, the rpc''s name',
  realm VARBINARY(63) NOT NULL COMMENT 'in which realm; empty: in none',
  target VARBINARY(64) NOT NULL COMMENT 'the token''s id or the caller''s name',
  address VARBINARY(64) NOT NULL COMMENT 'the network address it came from',
  request_id VARBINARY(64) NOT NULL COMMENT 'what the request is called in the logs',
  result VARBINARY(32) NOT NULL COMMENT 'OK; what was refused changed nothing and is not recorded',
  PRIMARY KEY (audit_id) COMMENT 'the records in the order they were made',
  KEY audit_by_time (audit_time) COMMENT 'what happened between two times'
) ENGINE = InnoDB COMMENT = 'who changed what; no secret in it';
