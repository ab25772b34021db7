/** A request as its AWS Signature Version 4 covers it. Header names in lower case. */
export type SignedRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array | string;
};

/** What a caller signs with. */
export type Secret = {
  readonly secret: string;
  readonly sessionToken?: string | null;
  /** When temporary credentials end, in milliseconds since 1970; absent: never. */
  readonly expires?: number;
};

/** What verifying came to; `reason` is AWS's sentence for the service to wrap in its own error shape. */
export type Verification =
  | { readonly ok: true; readonly accessKeyId: string; readonly service: string; readonly region: string }
  | {
      readonly ok: false;
      readonly code:
        | 'MissingAuthenticationToken'
        | 'UnrecognizedClientException'
        | 'ExpiredTokenException'
        | 'SignatureDoesNotMatch'
        | 'RequestTimeTooSkewed'
        | 'IncompleteSignature'
        | 'AccessDenied'
        | 'XAmzContentSHA256Mismatch';
      readonly reason: string;
    };

/** Verifies the Authorization header, or the query of a presigned URL, against the known secrets. */
export type VerifySignature = (request: SignedRequest) => Verification;
