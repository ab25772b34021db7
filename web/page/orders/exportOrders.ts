import type { Order } from '../../../client/countersign.ts';

const COLUMNS = [
  'orderId',
  'orderDetails',
  'requestedBy',
  'status',
  'createdAt',
  'decision',
  'decidedBy',
  'isVerified',
  'reason',
  'decidedAt',
] as const;

/** A spreadsheet takes a text that begins like this for a formula and runs it, also in its wide forms. */
const FORMULA = /^[\s\u00A0]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|%]|^[\t\r\n]/;
/** Without it Excel reads UTF-8 as the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The orders as CSV (RFC 4180) for spreadsheets: a cell that would be a formula gets an apostrophe in front. */
export function toCsv(orders: readonly Order[]): string {
  const lines = orders.map((order) => {
    const row = rowOf(order);
    return COLUMNS.map((column) => cell(row[column])).join(',');
  });
  return `${BYTE_ORDER_MARK}${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}

/** The orders as the API answers them. */
export function toJson(orders: readonly Order[]): string {
  return `${JSON.stringify(orders, null, 2)}\n`;
}

function rowOf(order: Order): Readonly<Record<(typeof COLUMNS)[number], string>> {
  const { orderId, orderDetails, requestedBy, status, createdAt, decision } = order;
  return {
    orderId,
    orderDetails: orderDetails ?? '',
    requestedBy: requestedBy ?? '',
    status,
    createdAt,
    decision: decision?.kind ?? '',
    decidedBy: decision?.decidedBy ?? '',
    isVerified: String(decision?.isVerified ?? false),
    reason: decision?.reason ?? '',
    decidedAt: decision?.at ?? '',
  };
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Gives the person a file to keep. */
export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
