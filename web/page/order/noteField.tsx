import { claimSize } from '../text/size.ts';
import { SizeNote } from '../text/sizeNote.tsx';
import type { Intent } from './draft.ts';

const LABELS = {
  confirm: 'Note',
  reject: 'Why do you reject it?',
  cancel: 'Why do you cancel it?',
} satisfies Record<Intent, string>;

type NoteFieldProps = {
  readonly intent: Intent;
  readonly note: string;
  readonly onNote: (text: string) => void;
};

/** A note for everyone who follows the order. */
export function NoteField({ intent, note, onNote }: NoteFieldProps) {
  return (
    <div class="note">
      <label for="note" class={intent === 'confirm' ? 'visually-hidden' : ''}>
        {LABELS[intent]} <span class="hint">Optional. Visible to everyone who follows the order.</span>
      </label>
      <textarea
        id="note"
        rows={intent === 'confirm' ? 1 : 2}
        dir="auto"
        placeholder={intent === 'confirm' ? 'Add a note (optional)' : ''}
        aria-describedby="note-size"
        value={note}
        onInput={(event) => onNote(event.currentTarget.value)}
      />
      <SizeNote id="note-size" size={claimSize(note)} />
    </div>
  );
}
