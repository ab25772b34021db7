import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { writePrivateFile } from './privateFile.ts';

export type Certificate = { readonly key: string; readonly cert: string };

const DAY = 86_400_000;
/** Apple's systems trust no server certificate that is valid for more than 825 days. */
const VALID_DAYS = 820;
const RENEWED_DAYS_BEFORE = 30;

/** The data folder's own TLS certificate for localhost, 127.0.0.1 and ::1; made at the first start and kept. */
export async function loadCertificate(folder: string): Promise<Certificate> {
  const certFile = join(folder, 'certificate.pem');
  const keyFile = join(folder, 'certificate.key');
  if (existsSync(certFile) && existsSync(keyFile)) {
    const kept = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
    if (isValidFor(kept.cert, RENEWED_DAYS_BEFORE)) return kept;
  }
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + VALID_DAYS * DAY),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
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

/** TLS clients go by the machine's time, whatever the cloud's clock says. */
function isValidFor(cert: string, days: number): boolean {
  return Date.parse(new X509Certificate(cert).validTo) > Date.now() + days * DAY;
}
