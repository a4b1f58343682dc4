import type { JobFilters } from './api/job-filters.ts';
import { toSearch } from './api/job-filters.ts';
import type { DraftMode } from './create/draft.ts';
import type { RequestFilters } from './pages/batch/requests/request-filters.ts';
import { toRequestSearch } from './pages/batch/requests/request-filters.ts';
import type { FileFilters } from './pages/files/file-filters.ts';
import { toFileSearch } from './pages/files/file-filters.ts';

/** The addresses of the page, and nothing else builds one. */
export const paths = {
  overview: () => '/',
  batches: (filters: JobFilters = {}) => `/batches${toSearch(filters)}`,
  /** The batches as the provider lists them. */
  providerBatches: () => '/batches?source=api',
  batch: (jobId: string, tab?: BatchTab) =>
    `/batches/${encodeURIComponent(jobId)}${tab && tab !== 'requests' ? `/${tab}` : ''}`,
  /** The requests of a batch that pass filters, and one of them opened. */
  requests: (jobId: string, filters: Partial<RequestFilters>, customId?: string) =>
    `/batches/${encodeURIComponent(jobId)}${toRequestSearch(filters, customId)}`,
  create: (mode?: DraftMode) => (mode ? `/new?mode=${mode}` : '/new'),
  files: (filters: FileFilters = {}) => `/files${toFileSearch(filters)}`,
  settings: (part?: SettingsPart) => `/settings${part && part !== 'provider' ? `/${part}` : ''}`,
  /** The prices whose model has a text in its name. */
  prices: (q: string) => `/settings/prices${q === '' ? '' : `?${new URLSearchParams({ q })}`}`,
};

/** The tabs of a batch; the first is the one it opens with. */
export const BATCH_TABS = ['requests', 'errors', 'parts', 'files', 'activity', 'code', 'raw'] as const;

/** A tab of a batch. */
export type BatchTab = (typeof BATCH_TABS)[number];

/** The parts of the settings; the first is the one they open with. */
export const SETTINGS_PARTS = ['provider', 'limits', 'prices', 'budget', 'display'] as const;

/** A part of the settings. */
export type SettingsPart = (typeof SETTINGS_PARTS)[number];
