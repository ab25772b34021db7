/** What the page remembers. A browser that forbids it, or has no room, remembers until the page is closed. */
export type Memory = {
  readonly read: (key: string) => string | null;
  readonly write: (key: string, text: string | null) => void;
};

/** Kept in this browser for the next visits. */
export const lasting = createMemory(() => localStorage);
/** Kept in this tab, also over a reload. */
export const ofThisTab = createMemory(() => sessionStorage);

/** Calls the listener with what another window of this browser keeps from now on. */
export function onKeptElsewhere(key: string, listener: (text: string) => void): void {
  addEventListener('storage', (event) => {
    if (event.key === `countersign/${key}` && event.newValue !== null) listener(event.newValue);
  });
}

function createMemory(storage: () => Storage): Memory {
  const kept = new Map<string, string>();
  return {
    read: (key) => kept.get(key) ?? tryTo(() => storage().getItem(`countersign/${key}`)),
    write: (key, text) => {
      if (text === null) kept.delete(key);
      else kept.set(key, text);
      tryTo(() => {
        if (text === null) storage().removeItem(`countersign/${key}`);
        else storage().setItem(`countersign/${key}`, text);
        return null;
      });
    },
  };
}

function tryTo(act: () => string | null): string | null {
  try {
    return act();
  } catch {
    return null; // the browser forbids it: the copy in this page stands
  }
}
