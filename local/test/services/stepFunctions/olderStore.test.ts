import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { startCloud } from './support/cloud.ts';
import { outcomeOf } from './support/executions.ts';

const BEGUN = Date.UTC(2026, 10, 27, 9);
const DUE = BEGUN + 3_600_000;
const EXECUTION = 'arn:aws:states:us-east-1:111111111111:execution:Nap:first';

const STATE = {
  threads: [
    {
      id: 1,
      parent: 0,
      scope: 0,
      index: 0,
      state: 'Wait',
      phase: 'waiting',
      input: null,
      last: 2,
      before: 0,
      entered: 2,
      enteredAt: BEGUN,
      generation: 0,
      due: DUE,
    },
  ],
  lastEvent: 2,
  generations: 0,
  threadCount: 1,
  end: Date.UTC(2099, 0),
  scheduled: DUE,
};

/** Of format 2: an execution that waits, and its history, both as plain text. */
const FORMAT_2 = `
  CREATE TABLE cloud_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE cloud_commits (count INTEGER NOT NULL) STRICT;
  INSERT INTO cloud_commits VALUES (0);
  CREATE TABLE sfn_machines (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, arn TEXT NOT NULL, revision INTEGER NOT NULL,
    created INTEGER NOT NULL, is_deleted INTEGER NOT NULL DEFAULT 0, settings TEXT NOT NULL DEFAULT '{}'
  ) STRICT;
  INSERT INTO sfn_machines (id, name, arn, revision, created)
    VALUES (1, 'Nap', 'arn:aws:states:us-east-1:111111111111:stateMachine:Nap', 1, ${BEGUN});
  CREATE TABLE sfn_revisions (
    id INTEGER PRIMARY KEY, machine INTEGER NOT NULL, role_arn TEXT NOT NULL, definition TEXT NOT NULL,
    updated INTEGER NOT NULL, revision_id TEXT
  ) STRICT;
  INSERT INTO sfn_revisions VALUES (1, 1, 'arn:aws:iam::111111111111:role/sfn-role',
    '{"QueryLanguage":"JSONata","StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":3600,"End":true}}}',
    ${BEGUN}, NULL);
  CREATE TABLE sfn_executions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, machine INTEGER NOT NULL, revision INTEGER NOT NULL, name TEXT NOT NULL,
    status INTEGER NOT NULL, under_way INTEGER NOT NULL, started INTEGER NOT NULL, stopped INTEGER,
    input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT,
    redrives INTEGER NOT NULL DEFAULT 0, redriven INTEGER, state TEXT NOT NULL
  ) STRICT;
  INSERT INTO sfn_executions (id, machine, revision, name, status, under_way, started, input, state)
    VALUES (1, 1, 1, 'first', 0, 0, ${BEGUN}, '{"id":7}', '${JSON.stringify(STATE)}');
  CREATE TABLE sfn_events (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, events TEXT NOT NULL) STRICT;
  INSERT INTO sfn_events VALUES (32769, ${BEGUN}, '[[0,0,0,{"input":1}],[12,0,0,{"name":"Wait","input":1}]]');
  CREATE TABLE scheduler_deadlines (
    kind TEXT NOT NULL, key TEXT NOT NULL, due INTEGER NOT NULL, PRIMARY KEY (kind, key)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO scheduler_deadlines VALUES ('stepFunctions', '1', ${DUE});
  PRAGMA user_version = 2`;

test('an execution that an earlier version left goes on, and its history has no gap', async () => {
  const folder = temporaryFolder();
  const database = new DatabaseSync(join(folder, 'store.sqlite'));
  database.exec(FORMAT_2);
  database.close();

  const cloud = startCloud({ folder, offset: DUE + 1000 - Date.now() });
  await cloud.scheduler.runDue();

  expect(await outcomeOf(cloud, EXECUTION)).toMatchObject({ status: 'SUCCEEDED', output: { id: 7 } });
  expect(await cloud.sfn.getExecutionHistory({ executionArn: EXECUTION })).toMatchObject({
    events: [
      { id: 1, type: 'ExecutionStarted', executionStartedEventDetails: { input: '{"id":7}' } },
      { id: 2, type: 'WaitStateEntered', stateEnteredEventDetails: { name: 'Wait', input: '{"id":7}' } },
      { id: 3, type: 'WaitStateExited', stateExitedEventDetails: { name: 'Wait', output: '{"id":7}' } },
      { id: 4, type: 'ExecutionSucceeded', executionSucceededEventDetails: { output: '{"id":7}' } },
    ],
  });
});
