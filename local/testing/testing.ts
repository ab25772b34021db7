// Everything that a test may use of `@countersign/local-cloud/testing`. The one file that only passes on what others
// export: what stands here is public.
export {
  type Outputs,
  type SignedFetch,
  startCloud,
  type StartOptions,
  type TestCloud,
} from './startCloud.ts';
export { StartFailed } from './startProcess.ts';
export { type ArmedFault, type Controls, countedBetween, type Counts, type Fault } from './controls.ts';
export { type ClientSocket, type Frame, openSocket, type SocketOptions, subprotocols } from './openSocket.ts';
export { answerOf, type GraphqlAnswer, postGraphql } from './postGraphql.ts';
export { type Credentials, credentialsIn } from './credentialsIn.ts';
export { sign, signForSocket, type SignOptions } from './sign.ts';
