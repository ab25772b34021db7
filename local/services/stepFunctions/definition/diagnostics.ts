import { StepFunctionsError } from '../errors.ts';

type Code =
  | 'INVALID_JSON_DESCRIPTION'
  | 'SCHEMA_VALIDATION_FAILED'
  | 'DUPLICATE_STATE_NAME'
  | 'DUPLICATE_VARIABLE_NAME'
  | 'TOO_DEEPLY_NESTED'
  | 'MISSING_TRANSITION_TARGET'
  | 'MISSING_END_STATE'
  | 'INVALID_JSONATA_EXPRESSION'
  | 'UNSUPPORTED_JSONATA_EXPRESSION';

/** `location` is a JSON pointer; null is the whole definition. */
export type Diagnostic = { readonly code: Code; readonly message: string; readonly location: string | null };

/** What is wrong with a definition, in the order in which it was found, in AWS's words where they are known. */
export class Diagnostics {
  readonly #found: Diagnostic[] = [];

  add(code: Code, message: string, location: string | null): void {
    this.#found.push({ code, message, location });
  }

  get found(): readonly Diagnostic[] {
    return this.#found;
  }

  schema(message: string, location: string): void {
    this.add('SCHEMA_VALIDATION_FAILED', message, location);
  }

  get isEmpty(): boolean {
    return this.#found.length === 0;
  }

  throwIfAny(): void {
    if (this.isEmpty) return;
    const all = this.#found.map(({ code, message, location }) => `${code}: ${message} at ${location}`);
    throw new StepFunctionsError(
      'InvalidDefinition',
      `Invalid State Machine Definition: '${all.join(', ')}'`,
    );
  }
}
