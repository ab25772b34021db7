const NAMES: Readonly<Record<string, string>> = {
  '.graphiql-query-editor': 'Query',
  '[aria-label="Variables"]': 'Variables',
  '[aria-label="Headers"]': 'Headers',
  '.result-window': 'Answer',
};

/** GraphiQL's editors are fields without a name, and its answer cannot be scrolled with the keyboard. */
export function labelEditors(element: Element): void {
  const label = () => {
    for (const field of element.querySelectorAll('.CodeMirror textarea:not([aria-label])')) {
      const [, name = 'Editor'] =
        Object.entries(NAMES).find(([selector]) => field.closest(selector) !== null) ?? [];
      field.setAttribute('aria-label', name);
    }
    for (const region of element.querySelectorAll('.CodeMirror-scroll[tabindex="-1"]'))
      region.setAttribute('tabindex', '0');
  };
  new MutationObserver(label).observe(element, { childList: true, subtree: true });
}
