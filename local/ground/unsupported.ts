/** Something in the assembly that the local cloud cannot run. The message is the one line that the user sees. */
export class Unsupported extends Error {
  readonly type = 'Unsupported';
}

/** The folder is no cloud assembly that can be read. */
export class BadAssembly extends Error {
  readonly type = 'BadAssembly';
}
