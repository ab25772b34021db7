/** What must hold in every state, as counter-examples name it. The checker adds that every order ends. */
export const PROMISES = {
  oneDecision: 'an order has one decision',
  told: 'an answer that a client was given stays true',
  outcome: 'an order ends as it was decided',
  oneFault: 'one fault fails no order',
  writtenOnce: 'a version is written once, upon the one before it',
  legalMoves: 'every move is legal',
  heard: 'a decision is heard without the clock',
  tidied: 'no token outlives its order',
  listed: 'an ended order is listed',
} as const;
