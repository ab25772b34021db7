import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreUnusable } from './unusable.ts';

const OWNER_ONLY = 0o700;
const WRITABLE_BY_ALL = 0o002;

/** A folder with one of these is a data folder. */
const STORE_FILES = ['store.sqlite', 'store.sqlite-wal', 'store.sqlite.witness'];
/** What a data folder has beside its store; and what systems put into every folder. */
const OTHER_FILES = new Set([
  'store.sqlite-shm',
  'store.sqlite-wal.kept',
  'outputs.json',
  'credentials',
  'certificate.pem',
  'certificate.key',
  'assembly',
  'cache',
  'functions',
  'logs',
  'web',
  '.DS_Store',
  'desktop.ini',
  'lost+found',
]);

/** Makes the data folder, for its owner alone, or takes the one that is there as it is. Throws StoreUnusable. */
export function openDataFolder(folder: string): void {
  makeFolder(folder);
  const found = statSync(folder);
  if (!found.isDirectory()) {
    throw new StoreUnusable(`The data folder ${folder} is not a folder: choose another with --data.`);
  }
  if ((found.mode & WRITABLE_BY_ALL) !== 0) {
    throw new StoreUnusable(
      `The data folder ${folder} is shared by all users of this machine: choose one of your own with --data.`,
    );
  }
  refuseForeign(folder);
}

/** A folder of other files is a mistake, such as --data with a project's own folder. */
function refuseForeign(folder: string): void {
  const names = readdirSync(folder).toSorted();
  if (STORE_FILES.some((name) => names.includes(name))) return;
  const foreign = names.filter((name) => !OTHER_FILES.has(name.replace(/\.draft$/, '')));
  if (foreign.length === 0) return;
  const others = foreign.length > 1 ? ` and ${foreign.length - 1} more` : '';
  throw new StoreUnusable(
    `The folder ${folder} is neither empty nor a data folder: it holds ${foreign[0]}${others}. Choose an empty or a new folder with --data.`,
  );
}

/** Not `recursive`: Node never returns for a folder that cannot be made, such as one in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, OWNER_ONLY);
  } catch (error) {
    if (!existsSync(folder)) throw error; // else another process made it first
  }
}
