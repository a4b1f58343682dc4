import { newDraft } from '../../create/draft.ts';
import type { Draft } from '../../create/draft.ts';
import type { FileSlot } from '../../create/keep-file.ts';

type Files = Record<FileSlot, File | null>;

/** Characters that nobody likes to write again. */
const MUCH = 200;

/** Whether somebody has written or chosen anything; the mode does not count. */
export function hasContent(draft: Draft, files: Files): boolean {
  if (files.csv || files.file) return true;
  const untouched = Object.entries({ ...newDraft(), mode: draft.mode }) as [
    keyof Draft,
    Draft[keyof Draft],
  ][];
  return untouched.some(([name, value]) => {
    const now = draft[name];
    // Texts may be megabytes long: they are compared as they are.
    return typeof value === 'string' ? now !== value : JSON.stringify(now) !== JSON.stringify(value);
  });
}

/** Whether there is so much that one is asked before it is forgotten. */
export function hasMuch({ prompts, jsonl, system, template }: Draft, files: Files): boolean {
  const characters = prompts.length + jsonl.length + system.length + template.length;
  return files.csv !== null || files.file !== null || characters > MUCH;
}
