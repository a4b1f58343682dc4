import { BATCH_ENDPOINTS } from '@batchdesk/shared/input';
import type { BatchEndpoint } from '@batchdesk/shared/input';
import { PROMPT_ENDPOINTS } from './endpoints.ts';
import type { PromptEndpoint } from './endpoints.ts';

/** Where requests come from: prompts one a line, CSV, a JSONL file, JSONL text, or a file that was uploaded before. */
export const DRAFT_MODES = ['simple', 'csv', 'file', 'paste', 'file_id'] as const;

/** Where requests come from. */
export type DraftMode = (typeof DRAFT_MODES)[number];

/** The outcomes that may be tried again by themselves, as in `RetryPolicy`. */
export const RETRIED_OUTCOMES = ['failed', 'expired', 'missing'] as const;

/** One pair of metadata as it is written. */
export interface MetadataPair {
  key: string;
  value: string;
}

/** What the form holds, as it is written: numbers and times too are texts. */
export interface Draft {
  mode: DraftMode;
  /** Of requests made here. */
  endpoint: PromptEndpoint;
  model: string;
  /** Empty: none. A template in the mode `csv`, a text as it is in `simple`. */
  system: string;
  /** The longest answer, in tokens. Empty: no limit. */
  maxTokens: string;
  /** Of `simple`, one a line. */
  prompts: string;
  /** Of `csv`: templates of the prompt and the id. */
  template: string;
  customId: string;
  /** Of `paste`. */
  jsonl: string;
  /** Of `file_id`. */
  fileId: string;
  fileEndpoint: BatchEndpoint;
  name: string;
  metadata: MetadataPair[];
  /** How often a request is sent in all. */
  attempts: string;
  outcomes: (typeof RETRIED_OUTCOMES)[number][];
  /** Of the failed ones, only those with one of these codes, with spaces or commas between. Empty: all that may succeed. */
  codes: string;
  /** US dollars. Empty: no budget. */
  budget: string;
  /** In the browser's time, as `datetime-local` has it: `2026-11-01T12:00`. Empty: none. */
  deadline: string;
}

/** A draft that nobody has written in. */
export function newDraft(): Draft {
  return {
    mode: 'simple',
    endpoint: PROMPT_ENDPOINTS[0].url,
    model: PROMPT_ENDPOINTS[0].models[0],
    system: '',
    maxTokens: '',
    prompts: '',
    template: '{{prompt}}',
    customId: 'request-{{row}}',
    jsonl: '',
    fileId: '',
    fileEndpoint: PROMPT_ENDPOINTS[0].url,
    name: '',
    metadata: [],
    attempts: '3',
    outcomes: [...RETRIED_OUTCOMES],
    codes: '',
    budget: '',
    deadline: '',
  };
}

/** Reads a draft that was kept, by this version or another: what cannot be read is as in a new one. */
export function parseDraft(json: string | null): Draft {
  const kept = readObject(json);
  const draft = newDraft();
  for (const [name, value] of Object.entries(draft)) {
    const read = kept[name];
    if (typeof value === 'string' && typeof read === 'string') Object.assign(draft, { [name]: read });
  }
  const fresh = newDraft();
  draft.mode = oneOf(DRAFT_MODES, draft.mode) ?? fresh.mode;
  draft.fileEndpoint = oneOf(BATCH_ENDPOINTS, draft.fileEndpoint) ?? fresh.fileEndpoint;
  draft.endpoint = PROMPT_ENDPOINTS.find(({ url }) => url === draft.endpoint)?.url ?? fresh.endpoint;
  if (Array.isArray(kept['metadata'])) draft.metadata = kept['metadata'].filter(isPair).map(toPair);
  const { outcomes } = kept;
  if (Array.isArray(outcomes))
    draft.outcomes = RETRIED_OUTCOMES.filter((outcome) => outcomes.includes(outcome));
  return draft;
}

function readObject(json: string | null): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(json ?? '{}');
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function oneOf<T extends string>(values: readonly T[], value: string): T | undefined {
  return values.find((other) => other === value);
}

function isPair(pair: unknown): pair is MetadataPair {
  if (typeof pair !== 'object' || pair === null) return false;
  return 'key' in pair && typeof pair.key === 'string' && 'value' in pair && typeof pair.value === 'string';
}

function toPair({ key, value }: MetadataPair): MetadataPair {
  return { key, value };
}
