import { expect, test } from 'vitest';
import { newDraft, parseDraft } from '../../apps/web/src/create/draft.ts';
import { readJobOptions, readTarget } from '../../apps/web/src/create/read-draft.ts';
import { addSample, measureSpeed } from '../../apps/web/src/create/upload-speed.ts';
import type { SpeedSample } from '../../apps/web/src/create/upload-speed.ts';

const endpoint = '/v1/responses';
const now = new Date('2026-11-01T12:00').getTime();

test('a draft that was kept is read again', () => {
  const draft = {
    ...newDraft(),
    mode: 'csv' as const,
    endpoint,
    name: 'Nightly',
    metadata: [{ key: 'a', value: 'b' }],
  };
  expect(parseDraft(JSON.stringify(draft))).toEqual(draft);
});

test.each([
  null,
  '',
  '{',
  'null',
  '[]',
  '7',
  '{"mode":"other","metadata":7,"outcomes":{},"prompts":[],"endpoint":"/v1/x"}',
])('of the draft %s nothing is taken', (json) => {
  expect(parseDraft(json)).toEqual(newDraft());
});

test('of a draft what can be read is taken', () => {
  const json =
    '{"mode":"paste","model":"m","metadata":[1,null,{"key":"k"},{"key":"k","value":"v","x":1}],"outcomes":["failed","x"],"new":1}';
  const taken = { mode: 'paste', model: 'm', metadata: [{ key: 'k', value: 'v' }], outcomes: ['failed'] };
  expect(parseDraft(json)).toEqual({ ...newDraft(), ...taken });
});

test('a plain draft uses its texts as they are, one of CSV as templates', () => {
  const draft = {
    ...newDraft(),
    system: 'Use {{x}}',
    template: 'T {{a}}',
    customId: '{{id}}',
    maxTokens: ' 20 ',
  };
  expect(readTarget(draft)).toMatchObject({
    target: { system: 'Use \\{{x}}', prompt: '{{prompt}}', customId: 'request-{{row}}', maxTokens: 20 },
  });
  expect(readTarget({ ...draft, mode: 'csv' })).toMatchObject({
    target: { system: 'Use {{x}}', prompt: 'T {{a}}', customId: '{{id}}' },
  });
  for (const maxTokens of ['0', '-1', '1.5', 'x', '1e3']) {
    expect(readTarget({ ...draft, maxTokens })).toEqual({ problems: { maxTokens: 'no_whole_number' } });
  }
});

test('what a job is told is read from the draft', () => {
  const retry = { attempts: 3, outcomes: ['failed', 'expired', 'missing'] };
  expect(readJobOptions(newDraft(), endpoint, now)).toEqual({ options: { endpoint, retry } });
  const draft = {
    ...newDraft(),
    name: ' Nightly ',
    metadata: [
      { key: ' team ', value: 'a' },
      { key: '', value: ' ' },
    ],
    attempts: '1',
    codes: '429, server_error 500',
    budget: '2,5',
    deadline: '2026-11-02T12:00',
  };
  expect(readJobOptions(draft, endpoint, now)).toEqual({
    options: {
      endpoint,
      name: 'Nightly',
      metadata: { team: 'a' },
      retry: { attempts: 1, outcomes: retry.outcomes, codes: ['429', 'server_error', '500'] },
      budget: { limit: 2.5 },
      completion_deadline: new Date('2026-11-02T12:00').getTime() / 1_000,
    },
  });
});

const pairs = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: '' }));

test.each([
  [{ name: 'x'.repeat(201) }, { name: 'too_long' }],
  [{ metadata: pairs(17) }, { metadata: 'too_many' }],
  [{ metadata: [{ key: '', value: 'x' }] }, { metadata: 'no_key' }],
  [{ metadata: [{ key: 'x'.repeat(65), value: '' }] }, { metadata: 'key_too_long' }],
  [{ metadata: [{ key: 'x', value: 'x'.repeat(513) }] }, { metadata: 'value_too_long' }],
  [{ metadata: [...pairs(1), ...pairs(1)] }, { metadata: 'key_twice' }],
  [{ attempts: '11' }, { attempts: 'out_of_range' }],
  [{ attempts: '' }, { attempts: 'out_of_range' }],
  [{ codes: 'x '.repeat(101) }, { codes: 'too_many' }],
  [{ codes: 'x'.repeat(201) }, { codes: 'too_long' }],
  [{ budget: 'x' }, { budget: 'no_number' }],
  [{ budget: '0' }, { budget: 'out_of_range' }],
  [{ deadline: 'x' }, { deadline: 'no_time' }],
  [{ deadline: '2026-11-01T12:00' }, { deadline: 'past' }],
])('what is wrong in the draft is said of the field: %o', (changes, problems) => {
  expect(readJobOptions({ ...newDraft(), ...changes }, endpoint, now)).toEqual({ problems });
});

test('the speed is that of the last seconds', () => {
  let samples: SpeedSample[] = [];
  const at = (atMs: number, bytes: number) =>
    measureSpeed((samples = addSample(samples, { atMs, bytes })), 10_000);
  expect(at(0, 0)).toEqual({ bytesPerSecond: null, secondsLeft: null });
  expect(at(100, 500)).toEqual({ bytesPerSecond: null, secondsLeft: null });
  expect(at(1_000, 1_000)).toEqual({ bytesPerSecond: 1_000, secondsLeft: 9 });
  expect(at(5_000, 1_000)).toEqual({ bytesPerSecond: 200, secondsLeft: 45 });
  expect(at(6_000, 2_000)).toEqual({ bytesPerSecond: 200, secondsLeft: 40 });
  expect(at(11_000, 2_000)).toEqual({ bytesPerSecond: 0, secondsLeft: null });
  expect(at(12_000, 10_000)).toMatchObject({ secondsLeft: 0 });
  expect(samples.length).toBeLessThan(5);
  expect(measureSpeed([], 1)).toEqual({ bytesPerSecond: null, secondsLeft: null });
});
