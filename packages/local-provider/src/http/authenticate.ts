import { createHash, timingSafeEqual } from 'node:crypto';

/** A check of `Authorization` headers against `Bearer <apiKey>`, in a time that says nothing of the key. */
export function createAuthenticator(apiKey: string): (header: string | undefined) => boolean {
  const expected = hash(apiKey);
  return (header = '') => timingSafeEqual(hash(header.replace(/^Bearer +/i, '')), expected);
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
