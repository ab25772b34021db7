/** A piece of a template: text as it stands, or a variable inside or outside a JSON string. */
type Piece = { readonly text: string } | { readonly variable: string; readonly isInString: boolean };

export type Fill = (valueOf: (variable: string) => unknown) => string;

export type InputTemplate = { readonly variables: readonly string[]; readonly fill: Fill };

const TOKENS = /\\[^]|"|<[\w.-]+>|[^\\"<]+|</g;

/**
 * `{"order": <id>, "text": "Order <id> has ended"}`, or a text such as `"Order <id> has ended"`. A text that stands for a
 * variable inside quotation marks is written without its own. An object or a list is written as its JSON, so that it
 * breaks a quoted member; in a template that is a text, without any quotation marks (as recorded on AWS by LocalStack:
 * tests/aws/services/events/test_events_inputs).
 */
export function parseInputTemplate(template: string): InputTemplate {
  const isText = template.trimStart().startsWith('"');
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
      pieces
        .map((piece) => ('text' in piece ? piece.text : filled(piece, valueOf(piece.variable), isText)))
        .join(''),
  };
}

/** What the event does not have leaves an empty text behind. */
function filled({ isInString }: { readonly isInString: boolean }, found: unknown, isText: boolean): string {
  const value = found ?? '';
  const json = JSON.stringify(value);
  if (!isInString) return json;
  if (typeof value === 'string') return json.slice(1, -1);
  return isText ? json.replaceAll(/\\?"/g, '') : json;
}
