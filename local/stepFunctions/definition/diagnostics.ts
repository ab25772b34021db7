import { StepFunctionsError } from '../errors.ts';

type Code =
  | 'SCHEMA_VALIDATION_FAILED'
  | 'MISSING_TRANSITION_TARGET'
  | 'MISSING_END_STATE'
  | 'INVALID_JSONATA_EXPRESSION'
  | 'UNSUPPORTED_JSONATA_EXPRESSION';

/** What is wrong with a definition, in the order in which it was found, in AWS's words where they are known. */
export class Diagnostics {
  readonly #found: string[] = [];

  add(code: Code, message: string, location: string | null): void {
    this.#found.push(`${code}: ${message} at ${location}`);
  }

  schema(message: string, location: string): void {
    this.add('SCHEMA_VALIDATION_FAILED', message, location);
  }

  get isEmpty(): boolean {
    return this.#found.length === 0;
  }

  throwIfAny(): void {
    if (this.isEmpty) return;
    throw new StepFunctionsError(
      'InvalidDefinition',
      `Invalid State Machine Definition: '${this.#found.join(', ')}'`,
    );
  }
}
