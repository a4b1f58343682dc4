import { onCleanup } from 'solid-js';
import { createStore, unwrap } from 'solid-js/store';
import type { Draft } from './draft.ts';
import { newDraft } from './draft.ts';
import { modelsOf } from './endpoints.ts';
import type { PromptEndpoint } from './endpoints.ts';
import { forgetDraft, keepDraft, loadDraft } from './keep-draft.ts';
import { keepFile, loadFile } from './keep-file.ts';
import type { FileSlot } from './keep-file.ts';

/** Long enough that nothing is written between two keys. */
const PAUSE_MS = 400;
const SLOTS: readonly FileSlot[] = ['csv', 'file'];

/** A draft that is kept over reloads. */
export type DraftStore = ReturnType<typeof createDraft>;

/** Keeps what the form holds, and takes up what was kept. Its files come a moment later. */
export function createDraft() {
  const [fields, setFields] = createStore<Draft>(loadDraft());
  const [files, setFiles] = createStore<Record<FileSlot, File | null>>({ csv: null, file: null });
  /** What was chosen meanwhile is not replaced by what was kept. */
  const chosen = new Set<FileSlot>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    keepDraft(unwrap(fields));
  }

  /** Changes some fields. */
  function set(changes: Partial<Draft>): void {
    setFields(changes);
    clearTimeout(timer);
    timer = setTimeout(flush, PAUSE_MS);
  }

  function setFile(slot: FileSlot, file: File | null): void {
    chosen.add(slot);
    setFiles(slot, file);
    void keepFile(slot, file);
  }

  async function loadFiles(): Promise<void> {
    for (const slot of SLOTS) {
      const file = await loadFile(slot);
      if (file && !chosen.has(slot)) setFiles(slot, file);
    }
  }

  /** Forgets what belongs to one job, once it is sent; how requests are made stays for the next. */
  function clear(): void {
    const { prompts, jsonl, fileId, name, metadata, budget, deadline } = newDraft();
    setFields({ prompts, jsonl, fileId, name, metadata, budget, deadline });
    SLOTS.forEach((slot) => setFile(slot, null));
    set({});
  }

  /** Forgets all of it. */
  function reset(): void {
    clearTimeout(timer);
    timer = undefined;
    setFields(newDraft());
    SLOTS.forEach((slot) => setFile(slot, null));
    forgetDraft();
  }

  window.addEventListener('pagehide', flush);
  onCleanup(() => {
    flush();
    window.removeEventListener('pagehide', flush);
  });
  void loadFiles();

  return {
    fields,
    files,
    set,
    setFile,
    /** Takes the endpoint, and its usual model: hardly any model answers at two. */
    setEndpoint: (endpoint: PromptEndpoint) => set({ endpoint, model: modelsOf(endpoint)[0] }),
    clear,
    reset,
  };
}
