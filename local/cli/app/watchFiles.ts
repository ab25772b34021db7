import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { CdkJson } from './readCdkJson.ts';
import { isWatched, leadsToWatched } from './watchedFiles.ts';

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
export function watchFiles(options: WatchOptions): () => void {
  const watcher = new FileWatcher(options);
  watcher.open(options.root);
  return () => watcher.close();
}

/**
 * A watcher for every folder: it sees files that are replaced by others, as editors do it. Node's own recursive watching
 * loses those on Linux.
 */
class FileWatcher {
  readonly #options: WatchOptions;
  readonly #folders = new Map<string, FSWatcher>();
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #isBusy = false;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** Watches a folder and those below it. Where the system can watch no more, a change is seen at the next start. */
  open(folder: string): void {
    if (this.#folders.has(folder)) return;
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => this.#notice(folder, name));
      watcher.on('error', () => this.#forget(folder));
      this.#folders.set(folder, watcher);
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const below = join(folder, entry.name);
        if (entry.isDirectory() && this.#leadsSomewhere(below)) this.open(below);
      }
    } catch {
      this.#forget(folder);
    }
  }

  close(): void {
    for (const watcher of this.#folders.values()) watcher.close();
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #notice(folder: string, name: string | null): void {
    const file = join(folder, name ?? '');
    const path = this.#pathOf(file);
    if (this.#leadsSomewhere(file)) {
      this.#forget(file); // a folder of this name may be another one now
      this.open(file);
    }
    if (this.#isIgnored(path) || !isWatched(path, this.#options.watch)) return;
    this.#changed.add(path);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#settle(), SETTLE_MILLISECONDS);
  }

  async #settle(): Promise<void> {
    this.#timer = null;
    if (this.#isBusy) return;
    this.#isBusy = true;
    while (this.#changed.size > 0) {
      const paths = [...this.#changed].toSorted();
      this.#changed.clear();
      await this.#options.onChange(paths);
    }
    this.#isBusy = false;
  }

  #leadsSomewhere(folder: string): boolean {
    const path = this.#pathOf(folder);
    return !this.#isIgnored(path) && leadsToWatched(path, this.#options.watch);
  }

  #isIgnored(path: string): boolean {
    const { ignored } = this.#options;
    return path === ignored || path.startsWith(`${ignored}/`);
  }

  #pathOf(file: string): string {
    return relative(this.#options.root, file).split(sep).join('/');
  }

  #forget(folder: string): void {
    this.#folders.get(folder)?.close();
    this.#folders.delete(folder);
  }
}
