import { open, rm } from 'node:fs/promises';

/** Writes a file of lines, gathering them into large writes. */
export interface LineWriter {
  readonly lines: number;
  readonly bytes: number;
  /** True when enough was added that `flush` should be awaited. */
  readonly isFull: boolean;
  /** Adds one line, given in parts and without its line feed. */
  add(parts: readonly string[]): void;
  flush(): Promise<void>;
  /** Writes the rest and closes the file. */
  end(): Promise<void>;
  /** Closes and deletes the file. */
  discard(): Promise<void>;
}

const fullAtCharacters = 1_000_000;

/** A writer to a new file at `path`. */
export async function createLineWriter(path: string): Promise<LineWriter> {
  const handle = await open(path, 'wx');
  let gathered: string[] = [];
  let characters = 0;
  let lines = 0;
  let bytes = 0;

  async function flush(): Promise<void> {
    const parts = gathered;
    gathered = [];
    characters = 0;
    // In pieces: one line may be far larger than what should be joined and encoded in one go.
    for (let start = 0; start < parts.length;) {
      let end = start;
      for (let size = 0; end < parts.length && size < fullAtCharacters; end++)
        size += parts[end]?.length ?? 0;
      const chunk = Buffer.from(parts.slice(start, end).join(''));
      await handle.writeFile(chunk);
      bytes += chunk.length;
      start = end;
    }
  }

  return {
    get lines() {
      return lines;
    },
    get bytes() {
      return bytes;
    },
    get isFull() {
      return characters >= fullAtCharacters;
    },
    add(parts) {
      for (const part of parts) {
        gathered.push(part);
        characters += part.length;
      }
      gathered.push('\n');
      lines++;
    },
    flush,
    async end() {
      await flush();
      await handle.close();
    },
    async discard() {
      await handle.close().catch(() => {});
      await rm(path, { force: true });
    },
  };
}
