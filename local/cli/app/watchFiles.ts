import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { CdkJson } from './readCdkJson.ts';
import { isWatched, watchedRoots } from './watchedFiles.ts';

/** An editor writes a file in several steps, and saves several files at once. */
const SETTLE_MILLISECONDS = 60;

export type WatchOptions = {
  readonly root: string;
  readonly watch: CdkJson['watch'];
  /** A folder within the root whose changes do not count: where the cloud itself writes. */
  readonly ignored: string;
  /** Called with the paths that changed, from the root. Never twice at a time: what changes meanwhile comes next. */
  readonly onChange: (paths: readonly string[]) => Promise<void>;
};

/** Watches what cdk.json watches; answers a function that ends it. */
export function watchFiles({ root, watch: watched, ignored, onChange }: WatchOptions): () => void {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let isBusy = false;

  async function settle(): Promise<void> {
    timer = null;
    if (isBusy) return;
    isBusy = true;
    while (changed.size > 0) {
      const paths = [...changed].toSorted();
      changed.clear();
      await onChange(paths);
    }
    isBusy = false;
  }
  function notice(folder: string, name: string | null): void {
    const path = relative(root, join(folder, name ?? ''))
      .split(sep)
      .join('/');
    if (!isWatched(path, watched) || path === ignored || path.startsWith(`${ignored}/`)) return;
    changed.add(path);
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void settle(), SETTLE_MILLISECONDS);
  }

  const watchers = foldersOf(root, watched).map(({ folder, recursive }) =>
    watchFolder(folder, recursive, notice),
  );
  return () => {
    for (const watcher of watchers) watcher?.close();
    if (timer !== null) clearTimeout(timer);
  };
}

type Folder = { readonly folder: string; readonly recursive: boolean };

/** The app's own folder is not watched with all that is below it: dependencies would be, too. */
function foldersOf(root: string, watched: CdkJson['watch']): readonly Folder[] {
  const folders = new Map<string, boolean>([[root, false]]);
  for (const path of watchedRoots(watched)) {
    const full = join(root, path);
    const isFolder = statSync(full, { throwIfNoEntry: false })?.isDirectory() === true;
    if (path === '') for (const folder of subfolders(root, watched)) folders.set(folder, true);
    else if (isFolder) folders.set(full, true);
    else if (!folders.has(dirname(full))) folders.set(dirname(full), false);
  }
  return [...folders].map(([folder, recursive]) => ({ folder, recursive }));
}

function subfolders(root: string, watched: CdkJson['watch']): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isWatched(entry.name, watched))
    .map((entry) => join(root, entry.name));
}

type Notice = (folder: string, name: string | null) => void;

/** Null where the system can watch no more folders: a change is then seen at the next start. */
function watchFolder(folder: string, recursive: boolean, notice: Notice): FSWatcher | null {
  try {
    const watcher = watch(folder, { recursive, persistent: false }, (_event, name) => notice(folder, name));
    return watcher.on('error', () => watcher.close());
  } catch {
    return null;
  }
}
