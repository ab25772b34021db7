/**
 * A machine keeps its row when it is deleted, because its executions keep theirs. A revision is one text of its
 * definition, written once. `state` holds the threads of an execution that may go on; `under_way` marks those with an
 * invocation that a crash would cut, so that a start looks at these alone.
 */
export const stepFunctionsTables = `
  CREATE TABLE IF NOT EXISTS sfn_machines (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, arn TEXT NOT NULL, revision INTEGER NOT NULL,
    created INTEGER NOT NULL, is_deleted INTEGER NOT NULL DEFAULT 0, settings TEXT NOT NULL DEFAULT '{}'
  ) STRICT;
  CREATE TABLE IF NOT EXISTS sfn_revisions (
    id INTEGER PRIMARY KEY, machine INTEGER NOT NULL, role_arn TEXT NOT NULL, definition TEXT NOT NULL,
    updated INTEGER NOT NULL, revision_id TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS sfn_executions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, machine INTEGER NOT NULL, revision INTEGER NOT NULL, name TEXT NOT NULL,
    status INTEGER NOT NULL, under_way INTEGER NOT NULL, started INTEGER NOT NULL, stopped INTEGER,
    input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT,
    redrives INTEGER NOT NULL DEFAULT 0, redriven INTEGER, state TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS sfn_executions_by_name ON sfn_executions (machine, name);
  CREATE INDEX IF NOT EXISTS sfn_executions_by_status ON sfn_executions (machine, status, id);
  CREATE INDEX IF NOT EXISTS sfn_executions_under_way ON sfn_executions (id) WHERE under_way = 1;
  CREATE TABLE IF NOT EXISTS sfn_events (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, events TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS sfn_tags (
    machine INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (machine, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sfn_secrets (name TEXT PRIMARY KEY, secret BLOB NOT NULL) STRICT, WITHOUT ROWID;
`;
