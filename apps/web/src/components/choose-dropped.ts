/** Names of what a batch can be made of. */
const INPUT_NAME = /\.(jsonl|json|ndjson|txt|csv|tsv)$/i;

/** The first of some files that a batch can be made of, and how many others there are. `null`: it is none of them. */
export function chooseDropped<T extends Pick<File, 'name'>>(
  files: readonly T[],
): { file: T; others: number } | null {
  const file = files.find(({ name }) => INPUT_NAME.test(name));
  return file ? { file, others: files.length - 1 } : null;
}
