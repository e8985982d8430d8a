-- Keys that are published before they sign. The new column has a default, so that the program of the
-- version before still runs.

ALTER TABLE signing_key
  ADD COLUMN sign_time BIGINT NULL COMMENT 'when it begins to sign; NULL: since it was added';
