import { cpSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { keepValue, keptValue } from '../../../ground/store/meta.ts';
import { openStore } from '../../../ground/store/openStore.ts';
import type { Store } from '../../../ground/store/store.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

function open(): { readonly store: Store; readonly afterCrash: (name: string) => string } {
  const folder = temporaryFolder();
  const store = openStore({ folder });
  onTestFinished(() => store.close());
  return {
    store,
    afterCrash: (name) => {
      const copy = temporaryFolder();
      cpSync(folder, copy, { recursive: true });
      const recovered = openStore({ folder: copy });
      const value = keptValue(recovered, name, () => 'lost');
      recovered.close();
      return value;
    },
  };
}

test('a change that no caller waits for shares the commit of the next one', async () => {
  const { store, afterCrash } = open();
  const before = store.commits();

  store.transactLater(() => keepValue(store, 'first', 'later'));
  await store.write(() => keepValue(store, 'second', 'now'));

  expect(store.commits() - before).toBe(1);
  expect([afterCrash('first'), afterCrash('second')]).toEqual(['later', 'now']);
});

test('settled does not wait for it; after hasten it does', async () => {
  const { store, afterCrash } = open();
  await store.settled();
  const before = store.commits();
  store.transactLater(() => keepValue(store, 'name', 'value'));

  await store.settled();
  const commitsBefore = store.commits() - before;
  store.hasten();
  await store.settled();

  expect([commitsBefore, store.commits() - before]).toEqual([0, 1]);
  expect(afterCrash('name')).toBe('value');
});

test('goes to disk by itself when nothing follows', async () => {
  const { store, afterCrash } = open();
  const committed = Promise.withResolvers<void>();

  store.transactLater(() => {
    keepValue(store, 'name', 'value');
    store.afterCommit(committed.resolve);
  });
  await committed.promise;

  expect(afterCrash('name')).toBe('value');
});

test('a write within it is waited for as any other', async () => {
  const { store, afterCrash } = open();
  let written = Promise.resolve();

  store.transactLater(() => {
    written = store.write(() => keepValue(store, 'name', 'value'));
  });
  await written;

  expect(afterCrash('name')).toBe('value');
});

test('what follows a change runs when all of it is made, before the disk has it; never when it is taken back', async () => {
  const { store } = open();
  await store.settled();
  const before = store.commits();
  const ran: string[] = [];

  store.transact(() => {
    store.transact(() => store.afterChange(() => ran.push(`inner ${store.commits() - before}`)));
    expect(() =>
      store.transact(() => {
        store.afterChange(() => ran.push('never'));
        throw new Error('taken back');
      }),
    ).toThrow('taken back');
    ran.push('the end of the change');
  });
  await Promise.resolve();

  expect(ran).toEqual(['the end of the change', 'inner 0']);
});
