import { claimSize } from '../text/size.ts';
import { SizeNote } from '../text/sizeNote.tsx';

export type NameFieldProps = {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (name: string) => void;
};

/** A person's name as it is typed, with its size where that is near the limit. */
export function NameField({ id, label, hint, value, onChange }: NameFieldProps) {
  return (
    <>
      <label for={id}>
        {label} <span class="hint">{hint}</span>
      </label>
      <input
        id={id}
        autocomplete="name"
        dir="auto"
        aria-describedby={`${id}-size`}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <SizeNote id={`${id}-size`} size={claimSize(value)} />
    </>
  );
}
