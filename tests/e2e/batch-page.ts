import type { Page } from 'playwright-core';
import { test as pageTest } from '../helpers/page-test.ts';
import type { TestServer } from '../helpers/start-test-server.ts';

/** With `openBatch`; without motion: a colour half way to another is none that anybody reads. */
export const test = pageTest.extend(
  'openBatch',
  ({ openPage }) =>
    (server: TestServer, id: string, path = '') =>
      openPage(`${server.url}/batches/${id}${path}`, { reducedMotion: 'reduce' }),
);

/** What fails is not tried again by itself. */
export const once = { retry: { attempts: 1 } };

/** A menu stands outside of the landmarks, as menus do. */
export const OF_MENU = 'region: <div>';

export const grid = (page: Page) => page.getByRole('grid', { name: 'Requests' });
export const row = (page: Page, id: string) =>
  grid(page)
    .getByRole('row')
    .filter({ has: page.getByText(id, { exact: true }) });
export const detail = (page: Page, part: string) =>
  page.getByRole('region', { name: 'Request', exact: true }).getByRole('region', { name: part });
