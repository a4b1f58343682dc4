// Finds the browser that the tests and the screenshots drive.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fail, run } from './setup.mjs';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Path of a Chrome or Chromium; on Debian as root it is installed when there is none. */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  if (!isDebian() || process.getuid?.() !== 0) {
    fail(
      'The browser test needs Chrome or Chromium: install one (on Debian: apt-get install chromium), or set CHROME_PATH.',
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], 'Updating the list of Debian packages', { env });
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], 'Installing chromium', {
    env,
  });
  return findBrowser() ?? fail('chromium was installed but is not there: set CHROME_PATH to its path.');
}

function findBrowser() {
  const inPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((dir) => NAMES.map((name) => join(dir, name)));
  return [process.env.CHROME_PATH, ...inPath, ...ELSEWHERE].find((path) => path && existsSync(path));
}

function isDebian() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^ID(_LIKE)?=.*debian/m.test(release) && spawnSync('apt-get', ['--version']).status === 0;
}
