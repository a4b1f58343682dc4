import { BatchdeskError } from '@batchdesk/shared';
import type { Provider } from './provider.ts';

/** OpenAI without a key: the server runs and shows its history, and whatever needs the provider says what to do. */
export function createUnconfiguredProvider(baseUrl: string | undefined): Provider {
  const refuse = () => Promise.reject(new BatchdeskError('api_key_not_configured'));
  return {
    name: 'openai',
    baseUrl: baseUrl ?? 'https://api.openai.com/v1',
    ready: false,
    uploadFile: refuse,
    retrieveFile: refuse,
    listFiles: refuse,
    deleteFile: refuse,
    downloadFile: refuse,
    createBatch: refuse,
    retrieveBatch: refuse,
    listBatches: refuse,
    cancelBatch: refuse,
  };
}
