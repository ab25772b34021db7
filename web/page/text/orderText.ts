import { jsonTitle, layOutJson } from './jsonText.ts';

/** What an order is about, as the page sets it. */
export type OrderText = {
  /** One line; null when the order says nothing about itself. */
  readonly title: string | null;
  /** Whether the title is the whole first line. */
  readonly isWhole: boolean;
  /** What the title does not say already; empty when it says everything. */
  readonly body: string;
  readonly isJson: boolean;
};

/** A longer first line is cut in the heading, and stands as a whole below it. */
const MAX_HEADING_CHARACTERS = 72;
/** More of it than two lines of a heading show. */
const MAX_CUT_CHARACTERS = 160;

export function orderText(details: string | null): OrderText {
  const text = details?.trim() ?? '';
  if (text === '') return { title: null, isWhole: true, body: '', isJson: false };
  const json = layOutJson(text);
  const [first = '', ...rest] = text.split(/\r?\n/);
  const title = json === null ? first.trim() : jsonTitle(text);
  const isWhole = (title?.length ?? 0) <= MAX_HEADING_CHARACTERS;
  const body = json ?? (isWhole ? rest.join('\n').replace(/^\n+/, '') : text);
  return { title: title === null ? null : cut(title), isWhole, body, isJson: json !== null };
}

function cut(title: string): string {
  const characters = [...title];
  return characters.length > MAX_CUT_CHARACTERS
    ? `${characters.slice(0, MAX_CUT_CHARACTERS).join('')}…`
    : title;
}

/** The name of an order, also of one without a title or whose details have not been answered yet. */
export function titleOf(orderId: string, details: string | null | undefined): string {
  return orderText(details ?? null).title ?? `Order ${shortId(orderId)}`;
}

/** Enough of an id to know it by: the first part of a UUID, and any other id as it is. */
export function shortId(orderId: string): string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(orderId) ? orderId.slice(0, 8) : orderId;
}
