import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Headers of a JSON body. */
export const json = { 'content-type': 'application/json' };

/** Asks and reads the JSON answer. */
export async function answerOf(
  url: string,
  init?: RequestInit,
): Promise<{ status: number; headers: Headers; body: any }> {
  const answer = await fetch(url, init);
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

/** A multipart form of fields and files, in this order. */
export function form(fields: [string, string | Blob, string?][]): FormData {
  const data = new FormData();
  for (const [name, value, filename] of fields) {
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, value, filename);
  }
  return data;
}

/** The content of a file in a form. */
export const file = (text: string) => new Blob([text]);

/** Inputs and unfinished files. */
export async function filesLeft(folder: string): Promise<string[]> {
  const names = await Promise.all(
    ['data/tmp', 'data/inputs'].map((path) => readdir(join(folder, path)).catch(() => [])),
  );
  return names.flat();
}
