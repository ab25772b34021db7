/** A piece of a template: text as it stands, or a variable inside or outside a JSON string. */
type Piece = { readonly text: string } | { readonly variable: string; readonly isInString: boolean };

export type Fill = (valueOf: (variable: string) => unknown) => string;

export type InputTemplate = { readonly variables: readonly string[]; readonly fill: Fill };

const TOKENS = /\\[^]|"|<[\w.-]+>|[^\\"<]+|</g;

/** `{"order": <id>, "text": "Order <id> has ended"}`: quotation marks are EventBridge's business, also around a variable. */
export function parseInputTemplate(template: string): InputTemplate {
  const pieces: Piece[] = [];
  let isInString = false;
  for (const [token] of template.matchAll(TOKENS)) {
    if (token === '"') isInString = !isInString;
    const variable = /^<(.+)>$/.exec(token)?.[1];
    pieces.push(variable === undefined ? { text: token } : { variable, isInString });
  }
  return {
    variables: pieces.flatMap((piece) => ('variable' in piece ? piece.variable : [])),
    fill: (valueOf) =>
      pieces.map((piece) => ('text' in piece ? piece.text : filled(piece, valueOf))).join(''),
  };
}

/** What the event does not have leaves an empty text behind. */
function filled(
  { variable, isInString }: Extract<Piece, { readonly variable: string }>,
  valueOf: (variable: string) => unknown,
): string {
  const value = valueOf(variable) ?? '';
  if (!isInString) return JSON.stringify(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}
