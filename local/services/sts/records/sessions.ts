import { randomBytes, randomInt } from 'node:crypto';
import type { Store } from '../../../ground/store/store.ts';

const TABLE = `
  CREATE TABLE IF NOT EXISTS sts_sessions (
    access_key_id TEXT PRIMARY KEY, secret TEXT NOT NULL, token TEXT NOT NULL, role_arn TEXT NOT NULL,
    role_id TEXT NOT NULL, name TEXT NOT NULL, expires INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/** Temporary credentials of a role, and what its holder is called. */
export type Session = {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly sessionToken: string;
  readonly roleArn: string;
  readonly roleId: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
};

export type Sessions = {
  /** Makes credentials, and forgets those that have expired before `now`. */
  readonly add: (session: Pick<Session, 'roleArn' | 'roleId' | 'name' | 'expires'>, now: number) => Session;
  readonly find: (accessKeyId: string) => Session | null;
};

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const KEPT_AFTER_END_MILLISECONDS = 86_400_000; // for a day an old session is called expired, and then unknown

export function createSessions({ database, statement, transact }: Store): Sessions {
  database.exec(TABLE);
  return {
    add: (given, now) =>
      transact(() => {
        statement('DELETE FROM sts_sessions WHERE expires < ?').run(now - KEPT_AFTER_END_MILLISECONDS);
        const session = { ...given, ...randomCredentials() };
        const { accessKeyId, secret, sessionToken, roleArn, roleId, name, expires } = session;
        const sql = 'INSERT INTO sts_sessions VALUES (?, ?, ?, ?, ?, ?, ?)';
        statement(sql).run(accessKeyId, secret, sessionToken, roleArn, roleId, name, Math.floor(expires));
        return session;
      }),
    find: (accessKeyId) => {
      if (!accessKeyId.startsWith('ASIA')) return null;
      const row = statement('SELECT * FROM sts_sessions WHERE access_key_id = ?').get(accessKeyId);
      return row === undefined ? null : parseSession(row);
    },
  };
}

function randomCredentials(): Pick<Session, 'accessKeyId' | 'secret' | 'sessionToken'> {
  const letters = Array.from({ length: 16 }, () => LETTERS.charAt(randomInt(LETTERS.length)));
  return {
    accessKeyId: `ASIA${letters.join('')}`,
    secret: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(192).toString('base64'),
  };
}

function parseSession(row: Readonly<Record<string, unknown>>): Session {
  return {
    accessKeyId: String(row['access_key_id']),
    secret: String(row['secret']),
    sessionToken: String(row['token']),
    roleArn: String(row['role_arn']),
    roleId: String(row['role_id']),
    name: String(row['name']),
    expires: Number(row['expires']),
  };
}
