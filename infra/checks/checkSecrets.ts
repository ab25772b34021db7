import type { PlainTemplate } from './plainTemplate.ts';

/** What a secret looks like: keys of AppSync and AWS, private keys, and tokens. */
const SECRETS = [
  /da2-[a-z0-9]{26}/,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\beyJ[\w-]{10,}\.eyJ/,
];
const API_KEY = /<\w*\.ApiKey(Id)?>/;

/** Whatever reads a template or its outputs must not learn a secret from it; one sentence for each that would be found. */
export function checkSecrets({ resources, outputs }: PlainTemplate): readonly string[] {
  const places = [
    ...resources.map(({ name, properties }) => [name, properties] as const),
    ...Object.entries(outputs).map(([name, value]) => [`the output ${name}`, value] as const),
  ];
  return places.flatMap(([place, value]) => {
    const text = JSON.stringify(value);
    return [
      ...SECRETS.filter((secret) => secret.test(text)).map(() => `There is a secret in ${place}.`),
      ...(API_KEY.test(text) ? [`The API key is in ${place}.`] : []),
    ];
  });
}
