/** No function has this name. Lambda's own name for it is ResourceNotFoundException. */
export class FunctionNotFound extends Error {
  readonly type = 'ResourceNotFoundException';
}
