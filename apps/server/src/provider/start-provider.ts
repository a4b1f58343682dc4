import { join } from 'node:path';
import { startLocalProvider } from '@batchdesk/local-provider';
import type { Config } from '../config.ts';
import { createOpenAIProvider } from './openai-provider.ts';
import type { Provider } from './provider.ts';
import { createUnconfiguredProvider } from './unconfigured-provider.ts';

/** A provider, the secrets that no log may show, and how to end it. */
export interface RunningProvider {
  provider: Provider;
  secrets: string[];
  close(): Promise<void>;
}

/** Takes what the configuration names; the local provider is started, on a loopback port of its own. */
export async function startProvider(config: Config): Promise<RunningProvider> {
  const { openaiApiKey: apiKey, openaiBaseUrl: baseUrl } = config;
  const close = () => Promise.resolve();
  if (config.provider === 'openai') {
    if (!apiKey) return { provider: createUnconfiguredProvider(baseUrl), secrets: [], close };
    return { provider: createOpenAIProvider({ name: 'openai', apiKey, baseUrl }), secrets: [apiKey], close };
  }
  const local = await startLocalProvider({ dataDir: join(config.dataDir, 'local-provider') });
  return {
    provider: createOpenAIProvider({ name: 'local', apiKey: local.apiKey, baseUrl: local.url }),
    secrets: [local.apiKey],
    close: () => local.close(),
  };
}
