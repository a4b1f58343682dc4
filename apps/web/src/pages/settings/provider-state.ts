import type { Health } from '@batchdesk/shared';

/** Whether batches can be sent. */
export type ProviderState = 'no_key' | 'paused' | 'trouble' | 'ready';

/** What keeps batches from being sent, the worst first; `ready` when nothing is known to. */
export function providerState({ ready, paused, trouble }: Health['provider']): ProviderState {
  if (!ready) return 'no_key';
  if (paused) return 'paused';
  return trouble ? 'trouble' : 'ready';
}

/** Who runs batches: `compatible` for a server at another address that speaks OpenAI's API. */
export function providerKind({ name, base_url }: Health['provider']): 'openai' | 'compatible' | 'local' {
  if (name === 'local') return 'local';
  return OPENAI_ADDRESS.test(base_url) ? 'openai' : 'compatible';
}

const OPENAI_ADDRESS = /^https:\/\/([a-z]+\.)?api\.openai\.com(\/|$)/;

/** Whether a key is there: the local provider needs none. */
export function keyState({ name, ready }: Health['provider']): 'set' | 'missing' | 'unneeded' {
  if (name === 'local') return 'unneeded';
  return ready ? 'set' : 'missing';
}
