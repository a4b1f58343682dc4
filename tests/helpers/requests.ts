import type { BatchRequest } from '@batchdesk/shared';

/** Chat requests `request-1` … `request-count`. */
export function chatRequests(count: number): BatchRequest[] {
  return Array.from({ length: count }, (_, index) => ({
    custom_id: `request-${index + 1}`,
    method: 'POST',
    url: '/v1/chat/completions',
    body: { model: 'gpt-4o-mini', messages: [{ role: 'user', content: `Question ${index + 1}` }] },
  }));
}

/** Requests as a JSONL file. */
export function toJsonl(requests: readonly unknown[]): string {
  return requests.map((request) => `${JSON.stringify(request)}\n`).join('');
}

/** The objects of a JSONL file. */
export function parseLines(text: string): any[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
