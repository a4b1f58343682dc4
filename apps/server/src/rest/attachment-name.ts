/** Characters of a name that is kept whole; longer ones are cut. */
const MAX_LENGTH = 200;
// Line breaks and other control characters, marks that turn the direction of text, and what separates folders.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}/\\:*?"<>|]+/gu;

/**
 * The `Content-Disposition` of a file to keep. Nothing of a name, which may be anybody's, can end the header or lead to another
 * folder. A name beyond ASCII is given as RFC 6266 has it, beside one in ASCII.
 */
export function toAttachment(name: string): string {
  const clean = Array.from(name.toWellFormed().replaceAll(UNSAFE, '_')).slice(-MAX_LENGTH).join('');
  const safe = /^[\s._]*$/.test(clean) ? 'file' : clean.trim().replace(/^\.+/, '_');
  const ascii = safe.replaceAll(/[^\x20-\x7E]/gu, '_');
  if (ascii === safe) return `attachment; filename="${safe}"`;
  // encodeURIComponent leaves some that the header's own encoding does not.
  const encoded = encodeURIComponent(safe).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.codePointAt(0)!.toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
