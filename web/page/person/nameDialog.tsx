import { useState } from 'preact/hooks';
import { Dialog } from '../dialog.tsx';
import { claimSize, isTooLong } from '../text/size.ts';
import type { Person } from './createPerson.ts';
import { NameField } from './nameField.tsx';

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
        <NameField
          id="your-name"
          label="Your name"
          hint="It is recorded with your decisions and orders. Nothing proves it: the API key names no person."
          value={name}
          onChange={setName}
        />
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
