import type { Person } from './person.ts';

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 12vh auto 0; max-width: 22rem; padding: 0 1rem }
h1 { font-size: 1.25rem }
button { display: block; width: 100%; margin: .5rem 0; padding: .75rem 1rem; font: inherit; text-align: start; cursor: pointer;
  border: 1px solid color-mix(in srgb, currentcolor 30%, transparent); border-radius: .5rem; background: none; color: inherit }
button:hover, button:focus-visible { border-color: currentcolor }
small { opacity: .7 }`;

/** The page on which a developer chooses a person. Its form carries the client's request unchanged. */
export function signInPage(people: readonly Person[], query: string): string {
  const buttons = people.map(
    ({ name, groups }) =>
      `<button name="person" value="${escaped(name)}">${escaped(name)}${groups.length === 0 ? '' : ` <small>${escaped(groups.join(', '))}</small>`}</button>`,
  );
  return page(
    'Sign in',
    `<h1>Sign in to the local cloud</h1>
<p>This is the development issuer: choose a person, no password is needed.</p>
<form method="post" action="?${escaped(query)}">
${buttons.join('\n')}
</form>`,
  );
}

export function problemPage(sentence: string): string {
  return page('Sign-in failed', `<h1>This sign-in cannot go on</h1>\n<p>${escaped(sentence)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
${body}
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
