import type { CreateJobInput } from '@batchdesk/shared';

/** What a job is told beside its requests. */
export type JobOptions = Omit<CreateJobInput, 'requests' | 'input_file_id' | 'completion_window'>;

/** The form that carries an input: the fields first, so that the server knows them while it reads the file. */
export function toForm(blob: Blob, fields: Partial<JobOptions>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    form.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  form.append('file', blob, blob instanceof File ? blob.name : 'input.jsonl');
  return form;
}
