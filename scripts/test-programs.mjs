// Finds the programs of the machine that the tests and the screenshots use; on Debian as root, installs what is missing.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fail, run } from './setup.mjs';

const BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];
const BROWSERS_ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Paths of a Chrome or Chromium, and of a Python that has `requests`. The latter is '' where there is none. */
export function findTestPrograms() {
  const missing = [...(findBrowser() ? [] : ['chromium']), ...(findPython() ? [] : ['python3-requests'])];
  if (missing.length > 0 && isDebianRoot()) install(missing);
  const browser = findBrowser();
  if (!browser) {
    fail(
      'The browser test needs Chrome or Chromium: install one (Debian: apt-get install chromium), or set CHROME_PATH.',
    );
  }
  const python = findPython();
  if (!python)
    console.log(
      'No Python with "requests" here (Debian: python3-requests): the programs of the guide are not run.',
    );
  return { browser, python: python ?? '' };
}

function findBrowser() {
  const paths = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((dir) => BROWSERS.map((name) => join(dir, name)));
  return [process.env.CHROME_PATH, ...paths, ...BROWSERS_ELSEWHERE].find((path) => path && existsSync(path));
}

function findPython() {
  // Debian's own comes second in PATH where another Python was installed.
  return ['python3', '/usr/bin/python3'].find(
    (path) => spawnSync(path, ['-c', 'import requests']).status === 0,
  );
}

function isDebianRoot() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^ID(_LIKE)?=.*debian/m.test(release) && process.getuid?.() === 0;
}

function install(packages) {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  run('apt-get', ['update', '-qq'], 'Updating the list of Debian packages', options);
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  run('apt-get', args, `Installing ${packages.join(' and ')}`, options);
}
