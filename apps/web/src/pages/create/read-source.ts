import type { Draft } from '../../create/draft.ts';
import type { FileSlot } from '../../create/keep-file.ts';
import type { RequestSource } from '../../create/make-requests.ts';
import { readTarget } from '../../create/read-draft.ts';
import type { RequestTarget } from '../../create/write-request.ts';

/** Beyond this many characters text is better handed in as a file: an editor gets slow. */
export const MOST_CHARACTERS = 5_000_000;

/** What the requests of a draft are made of: prompts or rows that are still to be written, or JSONL as it is. */
export type DraftSource =
  | { kind: 'make'; source: RequestSource; target: RequestTarget }
  | { kind: 'jsonl'; blob: Blob }
  | { kind: 'too_long' };

/** What a draft is made of, `null` while there is nothing to send, or a field keeps it from being made. */
export function readSource(draft: Draft, files: Record<FileSlot, File | null>): DraftSource | null {
  switch (draft.mode) {
    case 'simple':
      return draft.prompts.trim() === '' ? null : make(draft, { kind: 'prompts', text: draft.prompts });
    case 'csv':
      return files.csv && make(draft, { kind: 'csv', csv: files.csv });
    case 'file':
      return files.file && { kind: 'jsonl', blob: files.file };
    case 'paste':
      if (draft.jsonl.trim() === '') return null;
      if (draft.jsonl.length > MOST_CHARACTERS) return { kind: 'too_long' };
      return { kind: 'jsonl', blob: new Blob([draft.jsonl], { type: 'application/jsonl' }) };
    case 'file_id':
      return null;
  }
}

/** The file that a source is read from; `null` for text. */
export function fileOf(source: DraftSource): File | null {
  if (source.kind === 'jsonl') return source.blob instanceof File ? source.blob : null;
  return source.kind === 'make' && source.source.kind === 'csv' ? (source.source.csv as File) : null;
}

function make(draft: Draft, source: RequestSource): DraftSource | null {
  const read = readTarget(draft);
  return 'target' in read ? { kind: 'make', source, target: read.target } : null;
}
