/** Stands for the task token in what is stored: a control character cannot occur in a JSON text. */
const MARK = '\u0001';

/** The token is long and can be derived again: it is not stored with every text that holds it. */
export function hideToken(text: string, token: string | null): string {
  return token === null ? text : text.replaceAll(token, MARK);
}

export function revealToken(text: string, tokenOf: () => string): string {
  return text.includes(MARK) ? text.replaceAll(MARK, tokenOf()) : text;
}
