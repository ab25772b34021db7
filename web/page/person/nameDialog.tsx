import { useState } from 'preact/hooks';
import { Dialog } from '../dialog.tsx';
import { claimSize, isTooLong } from '../text/size.ts';
import { SizeNote } from '../text/sizeNote.tsx';
import type { Person } from './createPerson.ts';

/** Asks for the name that decisions and orders are made in. */
export function NameDialog({ person }: { readonly person: Person }) {
  const [name, setName] = useState(person.current().name);
  const isUsable = name.trim() !== '' && !isTooLong(claimSize(name));
  const send = (event: Event) => {
    event.preventDefault();
    if (isUsable) person.answer(name);
  };
  return (
    <Dialog title="Who are you?" onClose={() => person.answer(null)}>
      <form onSubmit={send}>
        <label for="your-name">
          Your name{' '}
          <span class="hint">
            It is recorded with your decisions and orders. Nothing proves it: the API key names no person.
          </span>
        </label>
        <input
          id="your-name"
          autocomplete="name"
          dir="auto"
          aria-describedby="your-name-size"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <SizeNote id="your-name-size" size={claimSize(name)} />
        <div class="buttons">
          <button type="submit" class="confirm" disabled={!isUsable}>
            Continue
          </button>
          <button type="button" class="quiet" onClick={() => person.answer(null)}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
