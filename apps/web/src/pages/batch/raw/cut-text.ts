/** What is shown of a long text. */
export interface CutText {
  text: string;
  /** UTF-8 bytes of all of it. */
  bytes: number;
  isCut: boolean;
}

/** Bytes of a text that are shown. */
const SHOWN_BYTES = 200_000;

/** The beginning of a text, 200 kB of it at most; no character is parted. */
export function cutText(text: string): CutText {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= SHOWN_BYTES) return { text, bytes: bytes.length, isCut: false };
  const shown = new TextDecoder().decode(bytes.subarray(0, SHOWN_BYTES), { stream: true });
  return { text: shown, bytes: bytes.length, isCut: true };
}
