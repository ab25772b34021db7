import { createHash, timingSafeEqual } from 'node:crypto';

/** Which attempt of which execution a task token stands for. */
export type TokenOwner = { readonly executionId: number; readonly generation: number };

export type TaskTokens = {
  readonly tokenOf: (owner: TokenOwner) => string;
  /** Null when this cloud never made such a token. */
  readonly ownerOf: (token: string) => TokenOwner | null;
};

/** AWS's tokens begin with these bytes and are 664 characters long in base64, with padding. */
const HEADER = Buffer.from('0000002a000000020000000000000000', 'hex');
const TOKEN_BYTES = 497;
const NONCE_BYTES = 17;
const OWNER_BYTES = 12;
const OWNER_AT = HEADER.length + NONCE_BYTES;
const REST_BYTES = TOKEN_BYTES - OWNER_AT - OWNER_BYTES;
/** Repeated over the rest, and a multiple of 3, so that it repeats in base64 too: where a token is kept, packing makes it short. */
const PROOF_BYTES = 33;

/**
 * Tokens are derived, not stored: a nonce, the hidden owner and a proof fill the length of AWS's. Only a holder of the
 * secret can make one, and an old one is told from a forged one without keeping either.
 */
export function createTaskTokens(secret: Uint8Array): TaskTokens {
  function expand(purpose: string, data: Uint8Array, length: number): Buffer {
    return createHash('shake256', { outputLength: length })
      .update(secret)
      .update(purpose)
      .update(data)
      .digest();
  }

  function bytesOf(owner: Buffer, proofBytes = PROOF_BYTES): Buffer {
    const nonce = expand('nonce', owner, NONCE_BYTES);
    nonce[0] = (nonce[0] ?? 0) & 0x0f; // the 22nd character of AWS's tokens is an A too
    const mask = expand('mask', nonce, OWNER_BYTES);
    const hidden = owner.map((byte, index) => byte ^ (mask[index] ?? 0));
    const proof = expand('proof', Buffer.concat([nonce, owner]), proofBytes);
    return Buffer.concat([HEADER, nonce, hidden, Buffer.alloc(REST_BYTES, proof)]);
  }

  return {
    tokenOf: (owner) => bytesOf(ownerBytes(owner)).toString('base64'),
    ownerOf: (token) => {
      const bytes = Buffer.from(token, 'base64');
      if (bytes.length !== TOKEN_BYTES || bytes.toString('base64') !== token) return null;
      const mask = expand('mask', bytes.subarray(HEADER.length, OWNER_AT), OWNER_BYTES);
      const hidden = bytes.subarray(OWNER_AT, OWNER_AT + OWNER_BYTES);
      const owner = Buffer.from(hidden.map((byte, index) => byte ^ (mask[index] ?? 0)));
      const isOurs = (proofBytes: number) => timingSafeEqual(bytesOf(owner, proofBytes), bytes);
      if (!isOurs(PROOF_BYTES) && !isOurs(REST_BYTES)) return null; // earlier versions did not repeat the proof
      const view = new DataView(owner.buffer, owner.byteOffset, owner.byteLength);
      return { executionId: Number(view.getBigUint64(0)), generation: view.getUint32(8) };
    },
  };
}

function ownerBytes({ executionId, generation }: TokenOwner): Buffer {
  const bytes = Buffer.alloc(OWNER_BYTES);
  bytes.writeBigUInt64BE(BigInt(executionId), 0);
  bytes.writeUInt32BE(generation, 8);
  return bytes;
}

/** Stands for the task token in what is stored: a control character cannot occur in a JSON text. */
const MARK = '\u0001';

/** The token is long and can be derived again: it is not stored with every text that holds it. */
export function hideToken(text: string, token: string | null): string {
  return token === null ? text : text.replaceAll(token, MARK);
}

export function revealToken(text: string, tokenOf: () => string): string {
  return text.includes(MARK) ? text.replaceAll(MARK, tokenOf()) : text;
}
