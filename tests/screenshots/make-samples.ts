import { waitFor } from '../helpers/wait-for.ts';

const TOPICS = [
  'the tide table',
  'a late train',
  'rye bread',
  'the town archive',
  'a paper kite',
  'the north pier',
];

/** Makes batches as people do. Answers the id of one that has ended. */
export async function makeSamples(url: string): Promise<{ translations: string }> {
  const translations = await create(url, 'catalogue-translations', 1_200, chat);
  await create(
    url,
    'product-embeddings',
    800,
    (number) => ({ model: 'text-embedding-3-small', input: `Product ${number}` }),
    '/v1/embeddings',
  );
  const tickets = await create(url, 'support-tickets', 400, chat);
  await fetch(`${url}/api/jobs/${tickets}/cancel`, { method: 'POST' });
  await waitFor(
    async () => (await (await fetch(`${url}/api/jobs/${translations}`)).json()).job as { status: string },
    ({ status }) => status === 'completed',
    60_000,
  );
  await create(url, 'weekly-summaries', 2_000, chat);
  return { translations };
}

function chat(number: number): object {
  const topic = TOPICS[number % TOPICS.length];
  return {
    model: 'gpt-4o-mini',
    messages: [
      { role: 'system', content: 'Translate into French.' },
      { role: 'user', content: `Paragraph ${number} is about ${topic}.` },
    ],
    max_completion_tokens: 200,
  };
}

async function create(
  url: string,
  name: string,
  count: number,
  body: (number: number) => object,
  endpoint = '/v1/chat/completions',
): Promise<string> {
  const requests = Array.from({ length: count }, (_, index) => ({
    custom_id: `request-${index + 1}`,
    method: 'POST',
    url: endpoint,
    body: body(index + 1),
  }));
  const answer = await fetch(`${url}/api/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint, name, requests }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as { job: { id: string } }).job.id;
}
