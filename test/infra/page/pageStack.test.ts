import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkStorage } from '../../../infra/checks/checkStorage.ts';
import { plainTemplate, resourcesOf, theOnly } from '../../../infra/checks/plainTemplate.ts';
import { checkSecrets } from '../../../infra/checks/checkSecrets.ts';
import { readHeaders } from '../../../infra/page/readHeaders.ts';
import { synthesizeApp } from '../../support/synthesizeApp.ts';

const ROOT = join(import.meta.dirname, '../../..');
const { folder, text } = await synthesizeApp({ context: { page: 'on' } });
const page = plainTemplate(JSON.parse(readFileSync(join(folder, 'CountersignPage.template.json'), 'utf8')));

test('is a stack of its own: the API is the same with it and without it', async () => {
  const without = await synthesizeApp();

  expect(text).toBe(without.text);
});

test('sends every header that the build of the page asks for', () => {
  const sent = resourcesOf(page, 'AWS::CloudFront::ResponseHeadersPolicy').map(({ properties }) => {
    const { SecurityHeadersConfig, CustomHeadersConfig } = Object(properties['ResponseHeadersPolicyConfig']);
    const custom: readonly { readonly Header: string; readonly Value: string }[] = CustomHeadersConfig.Items;
    return {
      'content-security-policy': SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy,
      'x-content-type-options': SecurityHeadersConfig.ContentTypeOptions.Override ? 'nosniff' : '',
      'referrer-policy': SecurityHeadersConfig.ReferrerPolicy.ReferrerPolicy,
      ...Object.fromEntries(custom.map(({ Header, Value }) => [Header, Value])),
    };
  });

  expect(sent).toEqual(Object.values(readHeaders(ROOT, [])));
});

test('is served over TLS alone, and config.json is never cached', () => {
  const { DefaultCacheBehavior, CacheBehaviors } = Object(
    theOnly(page, 'AWS::CloudFront::Distribution')['DistributionConfig'],
  );

  expect(DefaultCacheBehavior.ViewerProtocolPolicy).toBe('redirect-to-https');
  expect(
    CacheBehaviors.map((each: Record<string, unknown>) => [each['PathPattern'], each['CachePolicyId']]),
  ).toEqual([
    ['/config.json', '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'],
    ['/playground*', '658327ea-f89d-4fab-a63d-7e88639e58f6'],
  ]);
});

test('only the distribution reads the files', () => {
  expect(theOnly(page, 'AWS::S3::BucketPolicy')['PolicyDocument']).toMatchObject({
    Statement: [
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: {
          StringEquals: {
            'aws:SourceArn': 'arn:<AWS::Partition>:cloudfront::<AWS::AccountId>:distribution/<Distribution>',
          },
        },
      },
      { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ],
  });
  expect([...checkStorage(page), ...checkSecrets(page)]).toEqual([]);
});

test('finds the index document of the playground', () => {
  const code = String(theOnly(page, 'AWS::CloudFront::Function')['FunctionCode']);
  const rewrite = (uri: string) => {
    const handler: (event: object) => { uri: string } = new Function(`${code}; return handler;`)();
    return handler({ request: { uri } }).uri;
  };

  expect(['/playground', '/playground/', '/playground/playground.js'].map(rewrite)).toEqual([
    '/playground/index.html',
    '/playground/index.html',
    '/playground/playground.js',
  ]);
});
