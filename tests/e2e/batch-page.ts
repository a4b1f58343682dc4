import type { Page } from 'playwright-core';

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
