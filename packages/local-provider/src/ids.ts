import { createHash, randomBytes } from 'node:crypto';

/** Hands out ids: the scripted ones first, in order, then random ones. */
export interface IdSource {
  /** A new batch id that `isTaken` does not know. */
  batch(isTaken: (id: string) => boolean): string;
  /** A new file id that `isTaken` does not know. */
  file(isTaken: (id: string) => boolean): string;
  /** Ids to hand out next, after those already waiting. */
  script(ids: { batch?: string[] | undefined; file?: string[] | undefined }): void;
  /** Forgets the scripted ids that were not handed out. */
  clear(): void;
}

/** An id source without scripted ids. Ids are lower case: they name files, and some file systems ignore case. */
export function createIdSource(): IdSource {
  const scripted = { batch: [] as string[], file: [] as string[] };
  function next(kind: 'batch' | 'file', prefix: string, isTaken: (id: string) => boolean): string {
    for (;;) {
      const id = scripted[kind].shift() ?? prefix + randomBytes(16).toString('hex');
      if (!isTaken(id)) return id;
    }
  }
  return {
    batch: (isTaken) => next('batch', 'batch_', isTaken),
    file: (isTaken) => next('file', 'file-', isTaken),
    script(ids) {
      scripted.batch.push(...(ids.batch ?? []));
      scripted.file.push(...(ids.file ?? []));
    },
    clear() {
      scripted.batch.length = 0;
      scripted.file.length = 0;
    },
  };
}

/** A random id for one HTTP answer. */
export function createRequestId(): string {
  return `req_${randomBytes(16).toString('hex')}`;
}

/** 32 hexadecimal digits that depend only on what is given. */
export function digest(...parts: (string | number | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(typeof part === 'number' ? String(part) : part).update('\0');
  return hash.digest('hex').slice(0, 32);
}
