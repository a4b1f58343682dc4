import { LIMITS, escapeTemplate } from '@batchdesk/shared/input';
import type { BatchEndpoint } from '@batchdesk/shared/input';
import { readDecimal } from '../format/decimal.ts';
import type { Draft } from './draft.ts';
import type { JobOptions } from './input-form.ts';
import type { RequestTarget } from './write-request.ts';

/** What is wrong with a field of a draft. */
export type DraftProblems = Partial<
  Record<'maxTokens', 'no_whole_number'> &
    Record<'name', 'too_long'> &
    Record<'metadata', 'too_many' | 'no_key' | 'key_too_long' | 'value_too_long' | 'key_twice'> &
    Record<'attempts', 'out_of_range'> &
    Record<'codes', 'too_many' | 'too_long'> &
    Record<'budget', 'no_number' | 'out_of_range'> &
    Record<'deadline', 'no_time' | 'past'>
>;

const NAME_CHARACTERS = 200;
const CODES = 100;
const CODE_CHARACTERS = 200;
const MOST_ATTEMPTS = 10;
/** US dollars, as the server takes them. */
const BUDGET = { min: 0.000001, max: 900_000_000 };

/** What is to be made of prompts or rows. In the mode `simple` prompts and system prompt are used as they are. */
export function readTarget(draft: Draft): { target: RequestTarget } | { problems: DraftProblems } {
  const { mode, endpoint, model, system } = draft;
  const tokens = draft.maxTokens.trim();
  const maxTokens = tokens === '' ? null : Number(tokens);
  if (tokens !== '' && !/^[1-9]\d{0,8}$/.test(tokens)) return { problems: { maxTokens: 'no_whole_number' } };
  const common = { endpoint, model, maxTokens };
  if (mode === 'csv') {
    return { target: { ...common, system, prompt: draft.template, customId: draft.customId } };
  }
  const asItIs = { system: escapeTemplate(system), prompt: '{{prompt}}', customId: 'request-{{row}}' };
  return { target: { ...common, ...asItIs } };
}

/** What the job is told beside its requests, which go to `endpoint`. */
export function readJobOptions(
  draft: Draft,
  endpoint: BatchEndpoint,
  nowMs: number,
): { options: JobOptions } | { problems: DraftProblems } {
  const problems: DraftProblems = {};
  const options: JobOptions = { endpoint };
  const name = draft.name.trim();
  if (name.length > NAME_CHARACTERS) problems.name = 'too_long';
  else if (name !== '') options.name = name;

  const pairs = draft.metadata.filter(({ key, value }) => key.trim() !== '' || value.trim() !== '');
  const wrongPair = findMetadataProblem(pairs);
  if (wrongPair) problems.metadata = wrongPair;
  else if (pairs.length > 0) {
    options.metadata = Object.fromEntries(pairs.map(({ key, value }) => [key.trim(), value]));
  }

  const attempts = Number(draft.attempts);
  const codes = draft.codes.split(/[\s,;]+/).filter((code) => code !== '');
  if (!Number.isInteger(attempts) || attempts < 1 || attempts > MOST_ATTEMPTS) {
    problems.attempts = 'out_of_range';
  }
  if (codes.length > CODES) problems.codes = 'too_many';
  else if (codes.some((code) => code.length > CODE_CHARACTERS)) problems.codes = 'too_long';
  options.retry = { attempts, outcomes: [...draft.outcomes], ...(codes.length > 0 && { codes }) };

  if (draft.budget.trim() !== '') {
    const limit = readDecimal(draft.budget);
    if (Number.isNaN(limit)) problems.budget = 'no_number';
    else if (limit < BUDGET.min || limit > BUDGET.max) problems.budget = 'out_of_range';
    else options.budget = { limit };
  }
  if (draft.deadline !== '') {
    const deadlineMs = new Date(draft.deadline).getTime();
    if (Number.isNaN(deadlineMs)) problems.deadline = 'no_time';
    else if (deadlineMs <= nowMs) problems.deadline = 'past';
    else options.completion_deadline = Math.floor(deadlineMs / 1_000);
  }
  return Object.keys(problems).length > 0 ? { problems } : { options };
}

function findMetadataProblem(pairs: Draft['metadata']): DraftProblems['metadata'] {
  const keys = pairs.map(({ key }) => key.trim());
  if (pairs.length > LIMITS.metadataPairs) return 'too_many';
  if (keys.includes('')) return 'no_key';
  if (keys.some((key) => key.length > LIMITS.metadataKeyCharacters)) return 'key_too_long';
  if (pairs.some(({ value }) => value.length > LIMITS.metadataValueCharacters)) return 'value_too_long';
  return new Set(keys).size < keys.length ? 'key_twice' : undefined;
}
