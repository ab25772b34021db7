import { randomUUID } from 'node:crypto';
import type { Store } from '../../../../ground/store/store.ts';
import type { Jsonata } from '../../jsonata/loadJsonata.ts';
import { readDefinition } from '../../definition/parseDefinition.ts';
import type { Revision } from './execution.ts';

/** A state machine as it is now. Times are milliseconds since 1970. */
export type Machine = {
  readonly id: number;
  readonly name: string;
  readonly arn: string;
  readonly created: number;
  readonly roleArn: string;
  readonly definition: string;
  readonly updated: number;
  /** Null until the machine is updated. */
  readonly revisionId: string | null;
  readonly revision: number;
  /** The logging and tracing configurations, as they were given. */
  readonly settings: string;
  /** It is deleted as soon as none of its executions runs any more. */
  readonly isDeleting: boolean;
};

export type MachineText = {
  readonly roleArn: string;
  readonly definition: string;
  readonly settings: string;
};

export type MachineStore = {
  /** Null when there is none, or it is deleted for good. */
  readonly byArn: (arn: string) => Machine | null;
  /** In the order of their names, after one of them. */
  readonly list: (after: string, count: number) => readonly Machine[];
  readonly create: (name: string, arn: string, text: MachineText) => Machine;
  /** Answers the machine with a new revision. */
  readonly update: (machine: Machine, text: MachineText) => Machine;
  readonly remove: (machine: Machine) => void;
  readonly isRemoved: (id: number) => boolean;
  readonly revisionOf: (id: number) => Revision;
  /** The definition's text and the like that an execution began with. */
  readonly machineAt: (revision: number) => Machine;
};

type Dependencies = {
  readonly store: Store;
  readonly now: () => number;
  readonly jsonata: Jsonata;
};

const COLUMNS = `m.id, m.name, m.arn, m.created, m.settings, m.is_deleted, r.id AS revision, r.role_arn, r.definition,
  r.updated, r.revision_id`;
/** A machine is there until the last of its executions has ended. */
const EXISTS = `(m.is_deleted = 0 OR EXISTS (SELECT 1 FROM sfn_executions e WHERE e.machine = m.id AND e.status = 0))`;
const MAX_KEPT_REVISIONS = 200;

export function createMachineStore({ store, now, jsonata }: Dependencies): MachineStore {
  const removed = new Set(
    store
      .statement('SELECT id FROM sfn_machines WHERE is_deleted = 1')
      .all()
      .map((row) => Number(row['id'])),
  );

  function select(where: string, ...values: (string | number)[]): readonly Machine[] {
    return store
      .statement(`SELECT ${COLUMNS} FROM sfn_machines m JOIN sfn_revisions r ON ${where}`)
      .all(...values)
      .map(parseMachine);
  }

  function byArn(arn: string): Machine | null {
    return select(`r.id = m.revision WHERE m.arn = ? AND ${EXISTS}`, arn)[0] ?? null;
  }

  function machineAt(revision: number): Machine {
    const [machine] = select('r.machine = m.id WHERE r.id = ?', revision);
    if (machine === undefined) throw new Error(`The store has no revision ${revision} of a state machine.`);
    return machine;
  }

  return {
    byArn,
    list: (after, count) =>
      select(`r.id = m.revision WHERE ${EXISTS} AND m.name > ? ORDER BY m.name LIMIT ?`, after, count),
    create: (name, arn, text) => {
      const id = insertMachine(store, { name, arn, created: now(), settings: text.settings });
      removed.delete(id);
      store.statement('DELETE FROM sfn_tags WHERE machine = ?').run(id);
      const revision = insertRevision(store, { ...text, machine: id, updated: now(), revisionId: null });
      store.statement('UPDATE sfn_machines SET revision = ? WHERE id = ?').run(revision, id);
      return machineAt(revision);
    },
    update: (machine, text) => {
      const revision = insertRevision(store, {
        ...text,
        machine: machine.id,
        updated: now(),
        revisionId: randomUUID(),
      });
      store
        .statement('UPDATE sfn_machines SET revision = ?, settings = ? WHERE id = ?')
        .run(revision, text.settings, machine.id);
      return machineAt(revision);
    },
    remove: ({ id }) => {
      store.statement('UPDATE sfn_machines SET is_deleted = 1 WHERE id = ?').run(id);
      removed.add(id);
    },
    isRemoved: (id) => removed.has(id),
    revisionOf: keeping(MAX_KEPT_REVISIONS, (id) => parseRevision(machineAt(id), jsonata)),
    machineAt,
  };
}

/** Reads each revision once while there are not too many of them. */
function keeping(most: number, read: (id: number) => Revision): (id: number) => Revision {
  const revisions = new Map<number, Revision>();
  return (id) => {
    const known = revisions.get(id);
    if (known !== undefined) return known;
    if (revisions.size >= most) revisions.clear();
    const revision = read(id);
    revisions.set(id, revision);
    return revision;
  };
}

type NewMachine = Pick<Machine, 'name' | 'arn' | 'created' | 'settings'>;

/** Answers the machine's id. A name that was deleted keeps its row, because executions of that machine still point at it. */
function insertMachine(store: Store, { name, arn, created, settings }: NewMachine): number {
  const { lastInsertRowid } = store
    .statement(
      `INSERT INTO sfn_machines (name, arn, revision, created, settings) VALUES (?, ?, 0, ?, ?)
       ON CONFLICT (name) DO UPDATE SET created = excluded.created, settings = excluded.settings, is_deleted = 0`,
    )
    .run(name, arn, created, settings);
  const row = store.statement('SELECT id FROM sfn_machines WHERE name = ?').get(name);
  return Number(row?.['id'] ?? lastInsertRowid);
}

type NewRevision = Pick<Machine, 'roleArn' | 'definition' | 'updated' | 'revisionId'> & {
  readonly machine: number;
};

/** Answers the revision's id. */
function insertRevision(store: Store, revision: NewRevision): number {
  const { machine, roleArn, definition, updated, revisionId } = revision;
  const { lastInsertRowid } = store
    .statement(
      'INSERT INTO sfn_revisions (machine, role_arn, definition, updated, revision_id) VALUES (?, ?, ?, ?, ?)',
    )
    .run(machine, roleArn, definition, updated, revisionId);
  return Number(lastInsertRowid);
}

function parseRevision(machine: Machine, jsonata: Jsonata): Revision {
  return {
    id: machine.revision,
    machineId: machine.id,
    machineName: machine.name,
    machineArn: machine.arn,
    roleArn: machine.roleArn,
    // It was accepted once, perhaps by an earlier version that checked less: its executions go on with it.
    definition: readDefinition(machine.definition, jsonata).definition,
  };
}

function parseMachine(row: Readonly<Record<string, unknown>>): Machine {
  const revisionId = row['revision_id'];
  return {
    id: Number(row['id']),
    name: String(row['name']),
    arn: String(row['arn']),
    created: Number(row['created']),
    roleArn: String(row['role_arn']),
    definition: String(row['definition']),
    updated: Number(row['updated']),
    revisionId: typeof revisionId === 'string' ? revisionId : null,
    revision: Number(row['revision']),
    settings: String(row['settings']),
    isDeleting: row['is_deleted'] === 1,
  };
}
