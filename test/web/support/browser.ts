import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/chromium');
const CHANNELS = ['chrome', 'msedge', 'chromium'];
const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/snap/bin/chromium'];
const ARGUMENTS = ['--no-sandbox'];

export const NO_BROWSER =
  'The browser tests did not run: this machine has no Chrome, Edge or Chromium. Install one, or set CHROME_PATH to its program.';

/** The browser of the machine, or the one that comes with the project on Linux; null where there is none. */
export async function launchBrowser(): Promise<Browser | null> {
  const path = process.env['CHROME_PATH'];
  if (path !== undefined && path !== '') return chromium.launch({ executablePath: path, args: ARGUMENTS });
  const attempts: readonly LaunchOptions[] = [
    ...CHANNELS.map((channel) => ({ channel })),
    ...SYSTEM_BROWSERS.filter((file) => existsSync(file)).map((executablePath) => ({ executablePath })),
  ];
  for (const attempt of attempts) {
    const browser = await chromium.launch({ ...attempt, args: ARGUMENTS }).catch(() => null);
    if (browser !== null) return browser;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  return launchOwnChromium().catch((error: unknown) => {
    console.warn(`The project's own Chromium does not start here: ${String(error).split('\n')[0]}`);
    return null;
  });
}

/** Unpacks it into the project's cache, with fonts, and with libraries for a machine that lacks them. */
async function launchOwnChromium(): Promise<Browser> {
  const executablePath = await unpackChromium();
  const fonts = join(CACHE, 'fonts');
  writeFileSync(join(fonts, 'fonts.conf'), fontsConfiguration(fonts));
  const env = { ...inheritedEnvironment(), FONTCONFIG_PATH: fonts };
  const options = { executablePath, args: [...ARGUMENTS, '--headless=shell'], env };
  try {
    return await chromium.launch(options);
  } catch {
    const libraries = join(CACHE, 'al2023/lib');
    return chromium.launch({ ...options, env: { ...env, LD_LIBRARY_PATH: libraries } });
  }
}

/** Two test files may want it first; the folder that is complete first is taken. */
async function unpackChromium(): Promise<string> {
  const executable = join(CACHE, 'chromium');
  if (existsSync(executable)) return executable;
  const draft = `${CACHE}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  await unpackInto(draft);
  try {
    renameSync(draft, CACHE);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(executable)) throw error;
  }
  return executable;
}

/** The package reads these variables when it is imported and when it unpacks; nobody else should see them. */
async function unpackInto(folder: string): Promise<void> {
  const others = { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' };
  const before = Object.keys(others).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, others);
  try {
    const { default: ownChromium } = await import('@sparticuz/chromium');
    await ownChromium.executablePath();
  } finally {
    // One by one: a new object in the place of `process.env` would leave them set for the process.
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

function inheritedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return Object.fromEntries(entries);
}

/** The unpacked fonts first, so that pictures look alike on every machine. */
function fontsConfiguration(folder: string): string {
  const prefer = (family: string, preferred: string) =>
    `<alias><family>${family}</family><prefer><family>${preferred}</family></prefer></alias>`;
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${folder}</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/cache</cachedir>
${prefer('sans-serif', 'Open Sans')}${prefer('system-ui', 'Open Sans')}${prefer('monospace', 'DejaVu Sans Mono')}</fontconfig>
`;
}
