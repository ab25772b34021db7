import type { HttpHandler } from '../../wire/httpMessage.ts';

/** A role of the template. */
export type RoleDefinition = {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  /** CloudFormation's AssumeRolePolicyDocument. */
  readonly trustPolicy: Readonly<Record<string, unknown>>;
  readonly maxSessionSeconds: number;
};

/** The caller of a request, as IAM names it. */
export type Principal = {
  /** `arn:aws:sts::111111111111:assumed-role/NAME/SESSION` for a session of a role. */
  readonly arn: string;
  /** The value of `aws:PrincipalArn`: for a session it is the role's own ARN. */
  readonly principalArn: string;
  readonly userId: string;
};

export type Sts = {
  readonly define: (role: RoleDefinition) => void;
  /** The role cannot be assumed any more; its sessions live on to their end, as on AWS. */
  readonly remove: (name: string) => void;
  /** The secret of a session's access key; undefined for a key that is none of a session. */
  readonly secretOf: (
    accessKeyId: string,
  ) => { readonly secret: string; readonly sessionToken: string; readonly expires: number } | undefined;
  /** The session's role, or the account itself for every key that is none of a session. */
  readonly principalOf: (accessKeyId: string) => Principal;
  readonly handle: HttpHandler;
};
