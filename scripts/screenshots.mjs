// `npm run screenshots`: takes the pictures of the README from a server of its own, with a few batches in it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root, setUp } from './setup.mjs';
import { findTestPrograms } from './test-programs.mjs';

const node = setUp();
const { browser: executablePath } = findTestPrograms();
const { chromium } = createRequire(join(root, 'tests/package.json'))('playwright-core');

const folder = mkdtempSync(join(tmpdir(), 'batchdesk-screenshots-'));
const env = { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'error' };
const server = spawn(node, [join(root, 'apps/server/src/main.ts')], { cwd: folder, env });
try {
  const url = await addressOf(server);
  await makeBatches(url);
  await takePictures(url);
} finally {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true, force: true });
}

function addressOf(child) {
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      const address = /Batchdesk is at (\S+)/.exec(String(chunk))?.[1];
      if (address) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
  });
}

async function makeBatches(url) {
  await create(url, { name: 'translate-catalogue', count: 1_200 });
  await create(url, { name: 'product-embeddings', count: 800, path: '/v1/embeddings' });
  const { id } = await create(url, { name: 'support-tickets', count: 400 });
  await delay(1_500);
  await fetch(`${url}/api/batch/${id}/cancel`, { method: 'POST' });
  await delay(6_000);
  await create(url, { name: 'weekly-summaries', count: 2_000 });
  await delay(2_500);
}

async function create(url, { name, count, path = '/v1/chat/completions' }) {
  const prompt = (number) =>
    path === '/v1/embeddings'
      ? { model: 'text-embedding-3-small', input: `Product ${number}` }
      : {
          model: 'gpt-4o-mini',
          messages: [{ role: 'user', content: `Translate sentence ${number} into French.` }],
        };
  const requests = Array.from({ length: count }, (_, index) => ({
    custom_id: `request-${index + 1}`,
    method: 'POST',
    url: path,
    body: prompt(index + 1),
  }));
  const body = JSON.stringify({ endpoint: path, requests, metadata: { batch_name: name } });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/batch/create`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()).batch;
}

async function takePictures(url) {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  const browser = await chromium.launch({ executablePath, args });
  const pictures = { 'screenshot.png': 'light', 'screenshot-dark.png': 'dark' };
  for (const [name, colorScheme] of Object.entries(pictures)) {
    const viewport = { width: 1440, height: 820 };
    const page = await browser.newPage({ viewport, colorScheme, locale: 'en-GB' });
    await page.goto(url);
    await page.getByText('weekly-summaries').waitFor();
    await page.screenshot({ path: join(root, 'docs', name) });
    console.log(`docs/${name}`);
  }
  await browser.close();
}
