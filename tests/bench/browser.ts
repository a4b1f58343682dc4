import { openDatabase } from '@batchdesk/server/testing';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../helpers/browser.ts';
import type { Bench } from './bench-section.ts';
import { FAILURE, makeCollectedBatch } from './collected-world.ts';
import { fillQuickly } from './fill-history.ts';
import { readLoadedCode, sumOf } from './loaded-code.ts';
import { milliseconds } from './report.ts';
import type { Line } from './report.ts';
import { startWorld } from './start-world.ts';
import { watchPage } from './watched-page.ts';
import type { WatchedPage } from './watched-page.ts';

const MAX_FIRST_BYTES = 90_000;
const MAX_ROUTE_BYTES = 60_000;
const MAX_INTERACTION_MS = 100;
const MAX_SHIFT = 0.05;
const ROWS = 100;
const ROUTES = ['/batches', '/new', '/files', '/settings'];
const TIMES = 12;

/** Looks at the page from a browser whose processor is slowed down four times. */
export async function measureBrowser(bench: Bench): Promise<Line[]> {
  await using browser = await openBrowser();
  return [...(await measureList(bench, browser)), ...(await measureRequests(bench, browser))];
}

async function measureList(bench: Bench, browser: Browser): Promise<Line[]> {
  await using folder = await bench.makeFolder();
  await (await startWorld(folder.path))[Symbol.asyncDispose](); // makes the database
  const db = await openDatabase(`file:${folder.path}/data/batches.db`);
  await fillQuickly(db, bench.scale.batches, { areEndedOurs: true });
  await db.$disconnect();
  await using world = await startWorld(folder.path);
  const { url } = world.server;
  const lines = await measureCode(browser, url);

  await using overview = await watchPage(browser, url);
  await overview.page.locator('canvas').first().waitFor();
  lines.push(...describe('Overview', overview, await overview.layoutShift()));

  await using list = await watchPage(browser, `${url}/batches`);
  const { page } = list;
  const boxes = page.getByRole('row').getByRole('checkbox');
  await boxes.nth(10).waitFor();
  while ((await boxes.count()) <= ROWS) {
    const before = await boxes.count();
    await page.getByRole('button', { name: 'Show more' }).click();
    await boxes.nth(before).waitFor();
  }
  await page.evaluate(() => scrollTo(0, 0));
  for (let row = 1; row <= TIMES; row += 1) await list.interact(() => boxes.nth(row).click());
  for (const key of 'nightly') await list.interact(() => page.getByRole('searchbox').press(key));
  await page.getByRole('searchbox').fill('');
  await boxes.nth(10).waitFor();
  for (let row = 1; row <= 4; row += 1) {
    await list.interact(() =>
      page
        .getByRole('button', { name: /^Actions/ })
        .nth(row)
        .click(),
    );
    await list.interact(() => page.keyboard.press('Escape'));
  }
  const name = `List of ${ROWS} rows out of ${bench.scale.batches.toLocaleString('en')} batches`;
  return [...lines, ...describe(name, list, await list.layoutShift())];
}

async function measureRequests(bench: Bench, browser: Browser): Promise<Line[]> {
  const { resultRequests: requests } = bench.scale;
  await using folder = await bench.makeFolder();
  const id = await makeCollectedBatch(folder.path, { requests, faults: [FAILURE] });
  await using world = await startWorld(folder.path);
  await using view = await watchPage(browser, `${world.server.url}/batches/${id}`);
  const { page } = view;
  const rows = page.locator('.virtual-rows > [role=row]');
  await rows.nth(5).waitFor();
  for (let row = 0; row < TIMES; row += 1) await view.interact(() => rows.nth(row % 8).click());
  for (let step = 0; step < TIMES; step += 1) await view.interact(() => page.keyboard.press('ArrowDown'));
  for (let step = 0; step < 4; step += 1) {
    await view.interact(() => page.keyboard.press(step % 2 === 0 ? 'End' : 'Home'));
  }
  const name = `Requests view of ${requests.toLocaleString('en')} requests`;
  return describe(name, view, await view.layoutShift());
}

async function measureCode(browser: Browser, url: string): Promise<Line[]> {
  const first = await readLoadedCode(browser, url);
  const [job] = (await (await fetch(`${url}/api/jobs?limit=1`)).json()).data as { id: string }[];
  const known = new Set(first.keys());
  const lines = [describeCode('First load: JavaScript, gzip', sumOf(first), MAX_FIRST_BYTES)];
  for (const path of [...ROUTES, `/batches/${job!.id}`]) {
    const bytes = sumOf(await readLoadedCode(browser, `${url}${path}`), known);
    const title = path.startsWith('/batches/') ? '/batches/{id}' : path;
    lines.push(describeCode(`Further JavaScript of ${title}, gzip`, bytes, MAX_ROUTE_BYTES));
  }
  return lines;
}

function describeCode(work: string, bytes: number, max: number): Line {
  const kilobytes = (value: number) => `${(value / 1e3).toFixed(1)} kB`;
  return { work, measured: kilobytes(bytes), target: `<= ${kilobytes(max)}`, isMet: bytes <= max };
}

function describe(name: string, { durations, problems }: WatchedPage, shift: number): Line[] {
  const taken = durations();
  const p75 = taken[Math.ceil(taken.length * 0.75) - 1];
  const interaction: Line[] =
    p75 === undefined
      ? []
      : [
          {
            work: `${name}: interaction to paint, processor slowed 4 times`,
            measured: `p75 ${milliseconds(p75)}, longest ${milliseconds(taken.at(-1)!)} of ${taken.length}`,
            target: `p75 <= ${MAX_INTERACTION_MS} ms`,
            isMet: p75 <= MAX_INTERACTION_MS,
          },
        ];
  return [
    ...interaction,
    {
      work: `${name}: layout shift`,
      measured: shift.toFixed(3),
      target: `<= ${MAX_SHIFT}`,
      isMet: shift <= MAX_SHIFT,
    },
    {
      work: `${name}: errors in the console`,
      measured: problems.length === 0 ? 'none' : problems.join('; ').slice(0, 200),
      target: 'none',
      isMet: problems.length === 0,
    },
  ];
}
