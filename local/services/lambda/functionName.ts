/** A function's name, partial ARN or ARN, with or without a qualifier. */
const FUNCTION_NAME =
  /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:[a-z]{2}(?:-gov)?-[a-z]+-\d:)?(?:\d{12}:)?(?:function:)?([a-zA-Z0-9-_]+)(?::(\$LATEST|[a-zA-Z0-9-_]+))?$/;

export type FunctionReference = { readonly name: string; readonly qualifier: string };

const LATEST = '$LATEST';

/** Null for what can name no function. */
export function parseFunctionName(text: string): FunctionReference | null {
  const match = FUNCTION_NAME.exec(text);
  const [, name, qualifier = LATEST] = match ?? [];
  return name === undefined ? null : { name, qualifier };
}

/** There are no versions and no aliases locally. */
export function isLatest({ qualifier }: FunctionReference): boolean {
  return qualifier === LATEST;
}
