import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { writePrivateFile } from './privateFile.ts';

export type Certificate = { readonly key: string; readonly cert: string };

const VALID_DAYS = 3650;

/** The data folder's own TLS certificate for localhost, 127.0.0.1 and ::1; made at the first start. */
export async function loadCertificate(folder: string): Promise<Certificate> {
  const certFile = join(folder, 'certificate.pem');
  const keyFile = join(folder, 'certificate.key');
  if (existsSync(certFile) && existsSync(keyFile)) {
    return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  }
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + VALID_DAYS * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  writePrivateFile(keyFile, made.private);
  writePrivateFile(certFile, made.cert);
  return { key: made.private, cert: made.cert };
}
