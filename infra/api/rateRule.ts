import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';

export type RateRuleProps = {
  /** Begins the names of the metrics, which all firewalls of an account share. */
  readonly name: string;
  readonly apiArn: string;
  /** Of one IP address in five minutes. */
  readonly maxRequests: number;
};

const WINDOW_SECONDS = 300;

/** A web application firewall in front of the API, with one rule: the API key is public to every client that has it. */
export function addRateRule(scope: Construct, { name, apiArn, maxRequests }: RateRuleProps): void {
  const visibility = (metric: string): CfnWebACL.VisibilityConfigProperty => ({
    cloudWatchMetricsEnabled: true,
    sampledRequestsEnabled: false, // samples hold headers, and so the key
    metricName: `${name}-${metric}`,
  });
  const firewall = new CfnWebACL(scope, 'Firewall', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visibility('Firewall'),
    rules: [
      {
        name: 'RequestsOfOneAddress',
        priority: 0,
        action: { block: {} },
        visibilityConfig: visibility('RequestsOfOneAddress'),
        statement: {
          rateBasedStatement: {
            aggregateKeyType: 'IP',
            limit: maxRequests,
            evaluationWindowSec: WINDOW_SECONDS,
          },
        },
      },
    ],
  });
  new CfnWebACLAssociation(scope, 'FirewallOfApi', { resourceArn: apiArn, webAclArn: firewall.attrArn });
}
