/**
 * The text of one line, trimmed: empty for a blank line. Trimming also takes away the byte order mark that some
 * editors begin a file with, and the carriage return of CRLF line ends.
 */
export function lineText(bytes: Buffer): string {
  return bytes.toString('utf8').trim();
}
