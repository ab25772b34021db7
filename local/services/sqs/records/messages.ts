import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../ground/clock/clock.ts';
import { addColumn } from '../../../ground/store/addColumn.ts';
import type { Store } from '../../../ground/store/store.ts';
import type { SystemAttributes } from '../systemAttributes.ts';
import type { MessageAttributes } from '../sqs.ts';
import { makeReceipt, type Receipt } from './receipts.ts';

/** Times are milliseconds since 1970. A message that is not visible yet is either delayed or being worked on. */
const sqsTables = `
  CREATE TABLE IF NOT EXISTS sqs_messages (
    id INTEGER PRIMARY KEY, queue TEXT NOT NULL, message_id TEXT NOT NULL, body TEXT NOT NULL,
    attributes TEXT NOT NULL, sender TEXT NOT NULL, sent INTEGER NOT NULL, visible INTEGER NOT NULL,
    receives INTEGER NOT NULL DEFAULT 0, first_received INTEGER, receipt TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS sqs_by_visible ON sqs_messages (queue, visible);
  CREATE INDEX IF NOT EXISTS sqs_by_sent ON sqs_messages (queue, sent);
`;

export type NewMessage = {
  readonly queue: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly system: SystemAttributes;
  readonly sender: string;
  readonly delaySeconds: number;
};

export type ReceivedMessage = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly system: SystemAttributes;
  readonly sender: string;
  readonly sent: number;
  readonly receives: number;
  readonly firstReceived: number;
  /** ARN of the queue that it was taken from as a dead letter; empty for any other. */
  readonly deadLetterSource: string;
};

export type Counts = { readonly visible: number; readonly delayed: number; readonly inFlight: number };

/** How many messages are taken, and how many bytes of text they have together; the first one may have more. */
export type Take = { readonly limit: number; readonly bytes: number };

type DeadLetters = {
  readonly limit: number;
  readonly queue: string;
  readonly receives: number;
  readonly source: string;
};

export type Messages = {
  /** Answers the message's id. */
  readonly add: (message: NewMessage) => string;
  /** Takes what may be seen and hides it for the given time. */
  readonly receive: (
    queue: string,
    take: Take & { readonly hideSeconds: number },
  ) => readonly ReceivedMessage[];
  /** Removes or hides the message that a receipt is for; false when the receipt is an older one. */
  readonly remove: (queue: string, receipt: Receipt) => boolean;
  readonly hide: (queue: string, receipt: Receipt, seconds: number) => boolean;
  /** Moves those of the next `limit` messages that were received that often to another queue; tells how many moved. */
  readonly redrive: (queue: string, to: DeadLetters) => number;
  readonly purge: (queue: string) => void;
  readonly removeSentBefore: (queue: string, time: number) => void;
  readonly oldest: (queue: string) => number | null;
  /** When the next hidden message may be seen again. */
  readonly nextVisible: (queue: string) => number | null;
  /** How many messages may be seen, counted up to `limit`, and since when the first of them. */
  readonly backlog: (queue: string, limit: number) => { readonly count: number; readonly since: number };
  readonly counts: (queue: string) => Counts;
};

export function createMessages({ store, clock }: { store: Store; clock: Clock }): Messages {
  store.database.exec(sqsTables);
  addColumn(store.database, { table: 'sqs_messages', column: 'source', type: "TEXT NOT NULL DEFAULT ''" });
  addColumn(store.database, { table: 'sqs_messages', column: 'system', type: "TEXT NOT NULL DEFAULT '{}'" });
  const now = () => Math.floor(clock.now());
  const change = (sql: string, values: Values) =>
    store.transact(() => Number(store.statement(sql).run(...values).changes));
  const numberOf = (sql: string, values: Values): number | null => {
    const value = store.statement(sql).get(...values)?.['value'];
    return typeof value === 'number' ? value : null;
  };
  return {
    add: ({ queue, body, attributes, system, sender, delaySeconds }) => {
      const messageId = randomUUID();
      const visible = now() + delaySeconds * 1000;
      const texts = [JSON.stringify(attributes), JSON.stringify(system)];
      change(INSERT, [queue, messageId, body, ...texts, sender, now(), visible]);
      return messageId;
    },
    receive: (queue, { hideSeconds, ...take }) =>
      store.transact(() =>
        visibleRows(store, { queue, now: now(), ...take }).map((row) =>
          receiveRow(store, row, { now: now(), hideSeconds }),
        ),
      ),
    remove: (queue, { id, secret }) => change(DELETE, [queue, id, secret]) > 0,
    hide: (queue, { id, secret }, seconds) =>
      change(HIDE, [now() + seconds * 1000, queue, id, secret, now()]) > 0,
    redrive: (queue, { queue: target, receives, source, limit }) =>
      change(REDRIVE, [target, source, queue, now(), limit, receives]),
    purge: (queue) => void change('DELETE FROM sqs_messages WHERE queue = ?', [queue]),
    removeSentBefore: (queue, time) =>
      void change('DELETE FROM sqs_messages WHERE queue = ? AND sent <= ?', [queue, Math.floor(time)]),
    oldest: (queue) => numberOf('SELECT min(sent) AS value FROM sqs_messages WHERE queue = ?', [queue]),
    nextVisible: (queue) =>
      numberOf('SELECT min(visible) AS value FROM sqs_messages WHERE queue = ? AND visible > ?', [
        queue,
        now(),
      ]),
    backlog: (queue, limit) => {
      const row = store.statement(BACKLOG).get(queue, now(), limit);
      return { count: Number(row?.['count']), since: Number(row?.['since'] ?? now()) };
    },
    counts: (queue) => countRow(store.statement(COUNTS).get(now(), now(), now(), queue)),
  };
}

type Values = readonly (string | number)[];

const INSERT =
  'INSERT INTO sqs_messages (queue, message_id, body, attributes, system, sender, sent, visible) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
const NEXT_VISIBLE =
  'SELECT * FROM sqs_messages WHERE queue = ? AND visible <= ? ORDER BY visible, id LIMIT ?';
const BACKLOG = `SELECT count(*) AS count, min(visible) AS since
  FROM (SELECT visible FROM sqs_messages WHERE queue = ? AND visible <= ? ORDER BY visible LIMIT ?)`;
const DELETE = 'DELETE FROM sqs_messages WHERE queue = ? AND id = ? AND receipt = ?';
const HIDE = 'UPDATE sqs_messages SET visible = ? WHERE queue = ? AND id = ? AND receipt = ? AND visible > ?';
/** As in SQS, a dead letter keeps its id and the time when it was first sent. */
const REDRIVE = `UPDATE sqs_messages SET queue = ?, source = ?, receipt = NULL
  WHERE id IN (SELECT id FROM sqs_messages WHERE queue = ? AND visible <= ? ORDER BY visible, id LIMIT ?)
    AND receives >= ?`;
const COUNTS = `
  SELECT count(*) FILTER (WHERE visible <= ?) AS visible,
    count(*) FILTER (WHERE visible > ? AND receives = 0) AS delayed,
    count(*) FILTER (WHERE visible > ? AND receives > 0) AS inFlight
  FROM sqs_messages WHERE queue = ?`;

type Row = Readonly<Record<string, unknown>>;

/** Reads no further than it takes: a queue may hold more than memory does. */
function visibleRows(
  { statement }: Store,
  { queue, now, limit, bytes }: Take & { readonly queue: string; readonly now: number },
): readonly Row[] {
  const rows: Row[] = [];
  let taken = 0;
  for (const row of statement(NEXT_VISIBLE).iterate(queue, now, limit)) {
    taken += Buffer.byteLength(String(row['body'])) + Buffer.byteLength(String(row['attributes']));
    if (taken > bytes && rows.length > 0) break;
    rows.push(row);
  }
  return rows;
}

function countRow(row: Row | undefined): Counts {
  return {
    visible: Number(row?.['visible']),
    delayed: Number(row?.['delayed']),
    inFlight: Number(row?.['inFlight']),
  };
}

function receiveRow(
  store: Store,
  row: Row,
  { now, hideSeconds }: { readonly now: number; readonly hideSeconds: number },
): ReceivedMessage {
  const { handle, secret } = makeReceipt(Number(row['id']));
  const firstReceived = Number(row['first_received'] ?? now);
  const receives = Number(row['receives']) + 1;
  store
    .statement(
      'UPDATE sqs_messages SET visible = ?, receives = ?, first_received = ?, receipt = ? WHERE id = ?',
    )
    .run(now + hideSeconds * 1000, receives, firstReceived, secret, Number(row['id']));
  return {
    messageId: String(row['message_id']),
    receiptHandle: handle,
    body: String(row['body']),
    attributes: JSON.parse(String(row['attributes'])),
    system: JSON.parse(String(row['system'])),
    sender: String(row['sender']),
    sent: Number(row['sent']),
    receives,
    firstReceived,
    deadLetterSource: String(row['source']),
  };
}
