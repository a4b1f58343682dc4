import type { Draft } from '../../create/draft.ts';
import type { FileSlot } from '../../create/keep-file.ts';

/** What a form held at a moment. */
export interface Snapshot {
  /** As JSON. */
  fields: string;
  csv: File | null;
  file: File | null;
}

/** Notes what a form holds. */
export function takeSnapshot(form: { fields: Draft; files: Record<FileSlot, File | null> }): Snapshot {
  return { fields: JSON.stringify(form.fields), csv: form.files.csv, file: form.files.file };
}

/** Whether nothing was written or chosen between the two. */
export function isSameSnapshot(one: Snapshot, other: Snapshot): boolean {
  return one.fields === other.fields && one.csv === other.csv && one.file === other.file;
}
