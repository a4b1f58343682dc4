import type { BudgetState, Health } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { readBudgetFields, toBudgetFields } from '../../apps/web/src/pages/settings/budget-fields.ts';
import { keyState, providerState } from '../../apps/web/src/pages/settings/provider-state.ts';
import { listTimeZones } from '../../apps/web/src/pages/settings/time-zones.ts';
import { readTokenCount } from '../../apps/web/src/pages/settings/token-count.ts';

const provider: Health['provider'] = {
  name: 'openai',
  base_url: 'https://api.openai.com/v1',
  ready: true,
  paused: null,
  trouble: null,
};
const paused = { code: 'insufficient_quota', message: 'No quota.', since: 1, probe_at: 2 };
const trouble = { code: 'provider_error', since: 1 };

test('of all that keeps batches from being sent the worst is said', () => {
  expect(providerState(provider)).toBe('ready');
  expect(providerState({ ...provider, trouble })).toBe('trouble');
  expect(providerState({ ...provider, trouble, paused })).toBe('paused');
  expect(providerState({ ...provider, trouble, paused, ready: false })).toBe('no_key');
});

test('whether a key is there is said, and that the local provider needs none', () => {
  expect(keyState(provider)).toBe('set');
  expect(keyState({ ...provider, ready: false })).toBe('missing');
  expect(keyState({ ...provider, name: 'local' })).toBe('unneeded');
});

test.each([
  ['2000000', 2_000_000],
  [' 2,000,000 ', 2_000_000],
  ['2.000.000', 2_000_000],
  ['2 000 000', 2_000_000],
  ['2’000', 2_000],
  ['90000', 90_000],
  ['1.5', null],
  ['1,00', null],
  ['2M', null],
  ['0', null],
  ['-5', null],
  ['', null],
  ['9'.repeat(20), null],
])('the tokens %j are read as %j', (text, count) => {
  expect(readTokenCount(text)).toBe(count);
});

test.each(['en', 'fr'])('a limit that is shown in %s can be saved as it is', (language) => {
  expect(readTokenCount(new Intl.NumberFormat(language).format(1_350_000))).toBe(1_350_000);
});

test('what the form of a budget holds is that budget again', () => {
  const budget: BudgetState = {
    limit: 12.5,
    warn_at: 0.755,
    at_limit: 'warn',
    spent: 0,
    committed: 0,
    state: 'ok',
    held: 0,
  };
  const read = { limit: 12.5, warn_at: 0.755, at_limit: 'warn' };
  expect(readBudgetFields(toBudgetFields(budget, 'fr'))).toEqual({ budget: read });
});

test('what is wrong in the form of a budget is said of each field', () => {
  const fields = toBudgetFields(null, 'en');
  expect(fields).toEqual({ limit: '', warnAt: '80', atLimit: 'hold' });
  expect(readBudgetFields({ ...fields, warnAt: '101' })).toEqual({
    problems: { limit: 'noLimit', warnAt: 'noShare' },
  });
  expect(readBudgetFields({ ...fields, limit: '0', warnAt: '0' })).toEqual({
    problems: { limit: 'noLimit', warnAt: 'noShare' },
  });
});

test('the time zone that was chosen is always among those to choose from, and UTC once', () => {
  expect(listTimeZones('local')).toContain('Europe/Paris');
  expect(listTimeZones('Mars/Olympus')).toContain('Mars/Olympus');
  expect(listTimeZones('UTC')).not.toContain('UTC');
});
