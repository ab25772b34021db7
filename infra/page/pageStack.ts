import { Aws, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import { CfnDistribution, CfnFunction, CfnOriginAccessControl } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { addHeadersPolicy } from './headersPolicy.ts';
import { createPageBucket, letDistributionRead } from './pageBucket.ts';
import type { Headers } from './readHeaders.ts';

export type PageStackProps = StackProps & { readonly headers: Headers };

// Policies that CloudFront has for everyone:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ORIGIN = 'files';

/** S3 knows no index documents behind an access control. */
const INDEX_CODE = `function handler(event) {
  var request = event.request;
  if (request.uri === '/playground' || request.uri === '/playground/') request.uri = '/playground/index.html';
  return request;
}`;

/** CloudFront is one for all regions, and so are the names of what belongs to it. */
const globalName = ({ stackName }: Stack): string => `${stackName}-${Aws.REGION}`;

/** The page as static files behind a content delivery network. The API does not know it, and the local cloud does not need it. */
export class PageStack extends Stack {
  constructor(scope: Construct, id: string, props: PageStackProps) {
    super(scope, id, props);
    const bucket = createPageBucket(this);
    const access = new CfnOriginAccessControl(this, 'Access', {
      originAccessControlConfig: {
        name: globalName(this),
        originAccessControlOriginType: 's3',
        signingBehavior: 'always',
        signingProtocol: 'sigv4',
      },
    });
    const distribution = new CfnDistribution(this, 'Distribution', {
      distributionConfig: {
        enabled: true,
        comment: this.stackName,
        httpVersion: 'http2and3',
        ipv6Enabled: true,
        defaultRootObject: 'index.html',
        origins: [
          {
            id: ORIGIN,
            domainName: bucket.attrRegionalDomainName,
            originAccessControlId: access.ref,
            s3OriginConfig: { originAccessIdentity: '' },
          },
        ],
        ...this.#behaviors(props.headers),
      },
    });
    acknowledgeFindings(distribution);
    const arn = `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/${distribution.ref}`;
    letDistributionRead(bucket, arn);
    new CfnOutput(this, 'PageUrl', { value: `https://${distribution.attrDomainName}` });
    new CfnOutput(this, 'PageBucketName', { value: bucket.ref });
  }

  #behaviors(
    headers: Headers,
  ): Pick<CfnDistribution.DistributionConfigProperty, 'defaultCacheBehavior' | 'cacheBehaviors'> {
    const index = new CfnFunction(this, 'Index', {
      name: `${globalName(this)}-index`,
      autoPublish: true,
      functionConfig: { comment: 'The index document of the playground', runtime: 'cloudfront-js-2.0' },
      functionCode: INDEX_CODE,
    });
    const page = addHeadersPolicy(this, 'PageHeaders', headers['/'] ?? {});
    const playground = addHeadersPolicy(this, 'PlaygroundHeaders', headers['/playground'] ?? {});
    const behavior = (policy: string, cachePolicyId: string) => ({
      targetOriginId: ORIGIN,
      viewerProtocolPolicy: 'redirect-to-https',
      allowedMethods: ['GET', 'HEAD'],
      compress: true,
      cachePolicyId,
      responseHeadersPolicyId: policy,
    });
    return {
      defaultCacheBehavior: behavior(page.ref, CACHING_OPTIMIZED),
      cacheBehaviors: [
        // It says where the API is: a change is seen at once.
        { pathPattern: '/config.json', ...behavior(page.ref, CACHING_DISABLED) },
        {
          pathPattern: '/playground*',
          ...behavior(playground.ref, CACHING_OPTIMIZED),
          functionAssociations: [{ eventType: 'viewer-request', functionArn: index.attrFunctionArn }],
        },
      ],
    };
  }
}

function acknowledgeFindings(distribution: CfnDistribution): void {
  acknowledge(distribution, 'CFR1', 'Approvers may be in any country.');
  acknowledge(
    distribution,
    'CFR2',
    'The files are static; the firewall of wafRateLimit is in front of the API.',
  );
  acknowledge(
    distribution,
    'CFR3',
    'Visits to the page are not recorded. Decisions are, and stand in the orders.',
  );
  acknowledge(
    distribution,
    'CFR4',
    'TLS 1.2 and later needs a certificate of your own domain: docs/hosting.md.',
  );
}
