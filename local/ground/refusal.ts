/** Something that the user can mend, such as a flag, a template or a folder. The message is all that the user sees. */
export class Refusal extends Error {
  readonly type: string = 'Refusal';
}

/** Something in the assembly that the local cloud cannot run. */
export class Unsupported extends Refusal {
  override readonly type = 'Unsupported';
}

/** The folder is not a cloud assembly that can be read. */
export class BadAssembly extends Refusal {
  override readonly type = 'BadAssembly';
}
