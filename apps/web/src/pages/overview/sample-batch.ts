import type { CreateJobInput } from '@batchdesk/shared';
import type { I18n } from '../../i18n/i18n.tsx';

const ENDPOINT = '/v1/chat/completions';
const MODEL = 'gpt-4o-mini';
/** Keeps what the sample costs far below a cent. */
const MAX_TOKENS = 100;
const PROMPTS = ['first', 'second', 'third'] as const;

/** A batch to see what a batch is: three short requests in the language of the page. */
export function makeSampleBatch({ t }: Pick<I18n, 't'>): CreateJobInput {
  const requests = PROMPTS.map((name, index) => ({
    custom_id: `sample-${index + 1}`,
    method: 'POST' as const,
    url: ENDPOINT,
    body: {
      model: MODEL,
      messages: [{ role: 'user', content: t(`overview.samplePrompts.${name}`) }],
      max_completion_tokens: MAX_TOKENS,
    },
  }));
  return { name: t('overview.sampleName'), endpoint: ENDPOINT, requests };
}
