import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { loadCertificate } from '../../wire/certificate.ts';

const DAY = 86_400_000;

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

afterEach(() => void vi.useRealTimers());

describe('the certificate of a data folder', () => {
  test('is valid for every name of this machine, for no longer than Apple allows, and only its owner can read it', async () => {
    const folder = dataFolder();

    const { cert } = await loadCertificate(folder);

    const read = new X509Certificate(cert);
    const days = (Date.parse(read.validTo) - Date.now()) / DAY;
    expect(
      ['localhost', '127.0.0.1', '::1'].map((name) => read.checkHost(name) ?? read.checkIP(name)),
    ).toEqual(['localhost', '127.0.0.1', '::1']);
    expect(days).toBeGreaterThan(800);
    expect(days).toBeLessThan(825);
    for (const name of ['certificate.pem', 'certificate.key'])
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  test('is kept until it is about to expire', async () => {
    const folder = dataFolder();
    vi.useFakeTimers({ toFake: ['Date'] });
    const first = await loadCertificate(folder);

    const again = await loadCertificate(folder);
    vi.setSystemTime(Date.now() + 800 * DAY);
    const renewed = await loadCertificate(folder);

    expect(again).toEqual(first);
    expect(renewed.cert).not.toBe(first.cert);
  });
});
