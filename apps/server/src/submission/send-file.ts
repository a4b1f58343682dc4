import { basename } from 'node:path';
import type { Provider, ProviderFile } from '../provider/provider.ts';

/** Uploads a file from disk to the provider; `filename` is what it was called where it came from. */
export async function sendFile(provider: Provider, path: string, filename: string): Promise<ProviderFile> {
  return provider.uploadFile(path, toJsonlName(filename));
}

/** The provider takes a batch input only under a name that ends in .jsonl. */
function toJsonlName(filename: string): string {
  const name = basename(filename.replaceAll('\\', '/')) || 'batch';
  return /\.jsonl$/i.test(name) ? name : `${name}.jsonl`;
}
