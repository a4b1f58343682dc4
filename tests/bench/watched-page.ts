import type { Browser, Page } from 'playwright-core';
import { openPage } from '../helpers/browser.ts';

/** Time that a browser has after an interaction to tell how long it took: it tells after the next paint. */
const TOLD_MS = 250;
/** What takes less is not told. */
const UNTOLD_MS = 16;
/** The processor is that much slower than it is. */
const SLOWDOWN = 4;

/** A page whose interactions and layout shifts are watched. */
export interface WatchedPage extends AsyncDisposable {
  page: Page;
  /** What went to the console as errors or warnings. */
  problems: readonly string[];
  /** Does something as a user does, once; keeps how long it took from there to the paint. */
  interact(act: () => Promise<unknown>): Promise<void>;
  /** Milliseconds of the interactions so far, shortest first. */
  durations(): number[];
  /** The score of the layout shifts that no user asked for. Source: web.dev, "Cumulative Layout Shift". */
  layoutShift(): Promise<number>;
}

/** Opens an address in a browser whose processor is slowed down four times. */
export async function watchPage(browser: Browser, url: string): Promise<WatchedPage> {
  const { page, problems } = await openPage(browser, 'about:blank', {
    viewport: { width: 1440, height: 900 },
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  await page.addInitScript(observe);
  await page.goto(url);
  const taken: number[] = [];
  return {
    page,
    problems,
    async interact(act) {
      await page.evaluate(() => void (watched().longest = 0));
      await act();
      await page.waitForTimeout(TOLD_MS);
      taken.push(Math.max(UNTOLD_MS, await page.evaluate(() => watched().longest)));
    },
    durations: () => taken.toSorted((a, b) => a - b),
    layoutShift: () => page.evaluate(() => watched().worstShift),
    [Symbol.asyncDispose]: () => page.context().close(),
  };
}

interface Watched {
  longest: number;
  worstShift: number;
}

declare function watched(): Watched;

/** Runs in the page, before everything else. */
function observe(): void {
  const kept: Watched = { longest: 0, worstShift: 0 };
  Object.assign(window, { watched: () => kept });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) kept.longest = Math.max(kept.longest, duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);

  // The worst session: shifts less than a second apart, five seconds in all.
  let session = { score: 0, first: 0, last: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    })[]) {
      if (entry.hadRecentInput) continue;
      const at = entry.startTime;
      if (at - session.last > 1_000 || at - session.first > 5_000)
        session = { score: 0, first: at, last: at };
      session = { ...session, score: session.score + entry.value, last: at };
      kept.worstShift = Math.max(kept.worstShift, session.score);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}
