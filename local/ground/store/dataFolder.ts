import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreUnusable } from './unusable.ts';

const OWNER_ONLY = 0o700;
const STICKY = 0o1000;

/** Makes the data folder, or takes the one that is there, for its owner alone. */
export function openDataFolder(folder: string): void {
  makeFolder(folder);
  const found = statSync(folder);
  if (!found.isDirectory()) {
    throw new StoreUnusable(`The data folder ${folder} is no folder: choose another with --data.`);
  }
  if ((found.mode & STICKY) !== 0) {
    throw new StoreUnusable(
      `The data folder ${folder} is shared by all users of this machine: choose one of your own with --data.`,
    );
  }
  chmodSync(folder, OWNER_ONLY);
}

/** Not `recursive`: Node never comes back from a folder that nobody can make, such as one in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, OWNER_ONLY);
  } catch (error) {
    if (!existsSync(folder)) throw error; // else another process made it first
  }
}
