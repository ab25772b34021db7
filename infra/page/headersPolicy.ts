import { Aws, Stack } from 'aws-cdk-lib/core';
import { CfnResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

const HSTS_SECONDS = 31_536_000; // a year

/** The headers of the page's own build, and HTTPS for a year. CloudFront wants some of them under names of their own. */
export function addHeadersPolicy(
  scope: Construct,
  id: string,
  headers: Readonly<Record<string, string>>,
): CfnResponseHeadersPolicy {
  const {
    'content-security-policy': contentSecurityPolicy = '',
    'referrer-policy': referrerPolicy = 'no-referrer',
    'x-content-type-options': _nosniff,
    ...others
  } = headers;
  return new CfnResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyConfig: {
      name: `${Stack.of(scope).stackName}-${Aws.REGION}-${id}`, // of all regions
      securityHeadersConfig: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        referrerPolicy: { referrerPolicy, override: true },
        strictTransportSecurity: {
          accessControlMaxAgeSec: HSTS_SECONDS,
          includeSubdomains: false,
          override: true,
        },
      },
      customHeadersConfig: {
        items: Object.entries(others).map(([header, value]) => ({ header, value, override: true })),
      },
    },
  });
}
