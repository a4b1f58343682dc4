import { PROMPT_FIELD, isBatchEndpoint } from '@batchdesk/shared';
import type { BatchRequest } from '@batchdesk/shared';

/** What a request says, to show it. */
export interface PreviewTexts {
  system: string | null;
  prompt: string;
}

/** The texts of a request that was made here. */
export function readPreview({ url, body }: BatchRequest): PreviewTexts {
  const { messages, instructions } = body as {
    messages?: { role: string; content: string }[];
    instructions?: string;
  };
  const contentOf = (role: string) => messages?.find((message) => message.role === role)?.content;
  const field = isBatchEndpoint(url) ? PROMPT_FIELD[url] : null;
  const prompt = messages ? contentOf('user') : field && body[field];
  return {
    system: contentOf('system') ?? instructions ?? null,
    prompt: typeof prompt === 'string' ? prompt : '',
  };
}
