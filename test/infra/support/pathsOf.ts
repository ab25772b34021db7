import type { Workflow } from '../../../infra/workflow/states.ts';

/** A way through the workflow: states, and between them the errors that led on. */
export type Path = { readonly states: readonly string[]; readonly errors: readonly string[] };

/** Every way from the start to an end. */
export function pathsOf({ StartAt, States }: Workflow): readonly Path[] {
  const follow = (path: Path): readonly Path[] => {
    const name = Object.keys(States).find((state) => state === path.states.at(-1));
    const state = Object.entries(States).find(([key]) => key === name)?.[1];
    if (state === undefined) throw new Error(`There is no state ${path.states.at(-1)}.`);
    const caught = (state.Catch ?? []).flatMap(({ ErrorEquals, Next }) =>
      ErrorEquals.map((error) => ({ states: [...path.states, Next], errors: [...path.errors, error] })),
    );
    const next = 'Next' in state ? follow({ ...path, states: [...path.states, state.Next] }) : [path];
    return [...next, ...caught.flatMap(follow)];
  };
  return follow({ states: [StartAt], errors: [] });
}
