import type { State } from './parseStates.ts';

/** A way through the workflow: states, and between them the errors that led on. */
export type Path = { readonly states: readonly string[]; readonly errors: readonly string[] };

const MAX_TRANSITIONS = 3;
const MAX_DEPTH = 20; // a circle ends here

/** Every way from the start to an end. */
export function pathsOf(start: string, all: readonly State[]): readonly Path[] {
  const follow = (path: Path): readonly Path[] => {
    const state = all.find(({ name }) => name === path.states.at(-1));
    if (state === undefined) throw new Error(`There is no state ${path.states.at(-1)}.`);
    if (path.states.length >= MAX_DEPTH) return [path];
    const caught = state.catchers.flatMap(({ errors, next }) =>
      next === null
        ? []
        : errors.map((error) => ({ states: [...path.states, next], errors: [...path.errors, error] })),
    );
    const success = state.fields['Next'];
    const onward =
      typeof success === 'string' ? follow({ ...path, states: [...path.states, success] }) : [path];
    return [...onward, ...caught.flatMap(follow)];
  };
  return follow({ states: [start], errors: [] });
}

/** More than three states, where the order neither fails nor is decided in the moment in which it expires. */
export const longPaths = (paths: readonly Path[]): readonly Path[] =>
  paths.filter(
    ({ states, errors }) =>
      states.length > MAX_TRANSITIONS && !states.includes('FailOrder') && errors.length <= 1,
  );
