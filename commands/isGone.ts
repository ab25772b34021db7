/** Whether AWS says that something is not there. `name` is its service's name for that, such as `NoSuchBucket`. */
export const isGone = (error: unknown, name: string): boolean =>
  error instanceof Error && error.name === name;
