import { regionOf, type Outputs } from './outputs.ts';

/** The config.json that the page asks for; docs/hosting.md has it for other hosts. */
export function pageConfig(outputs: Outputs, apiKey: string): Readonly<Record<string, unknown>> {
  const { GraphQLUrl, RealtimeUrl, SignInIssuer, SignInClientId, ApproverGroup, SelfApproval } = outputs;
  return {
    graphqlUrl: GraphQLUrl,
    realtimeUrl: RealtimeUrl,
    apiKey,
    region: regionOf(outputs),
    signIn: SignInIssuer === undefined ? null : { issuer: SignInIssuer, clientId: SignInClientId },
    outputs: {
      ...(ApproverGroup === undefined ? {} : { ApproverGroup }),
      ...(SelfApproval === undefined ? {} : { SelfApproval }),
    },
  };
}
