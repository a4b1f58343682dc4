/** Copies a text. Whether it could: over plain HTTP, or where people forbid it, a browser has no clipboard for a page. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
