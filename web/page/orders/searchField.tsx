import { SEARCH, Stroke } from '../icons.tsx';

export type SearchFieldProps = {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** With what stands in the field, also where it was typed so fast that the page has not drawn it yet. */
  readonly onEnter: (query: string) => void;
};

/** Filters what is loaded; Enter opens any order by its number. */
export function SearchField({ query, onQuery, onEnter }: SearchFieldProps) {
  const onKeyDown = (event: KeyboardEvent & { readonly currentTarget: HTMLInputElement }) => {
    if (event.key === 'Enter') onEnter(event.currentTarget.value);
    if (event.key !== 'Escape') return;
    onQuery('');
    event.currentTarget.blur();
  };
  return (
    <search class="search">
      <Stroke path={SEARCH} />
      <label for="search" class="visually-hidden">
        Search the orders, or type a number and press Enter
      </label>
      <input
        id="search"
        type="search"
        autocomplete="off"
        dir="auto"
        placeholder="Search, or a number"
        aria-keyshortcuts="/"
        value={query}
        onInput={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden="true">/</kbd>
    </search>
  );
}
