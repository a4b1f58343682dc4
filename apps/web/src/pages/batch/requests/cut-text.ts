/** The beginning of a text, without half a character at its end. */
export function cutText(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(characters - 1));
  return text.slice(0, isHalf ? characters - 1 : characters);
}

/**
 * A long text in pieces of `characters` at most, to be laid out one by one when they come into sight. They are cut after a
 * line break where there is one, or else after a space; together they are the text.
 */
export function cutIntoPieces(text: string, characters: number): string[] {
  const pieces: string[] = [];
  let start = 0;
  while (start < text.length) {
    const piece = cutText(text.slice(start, start + characters + 1), characters);
    const isLast = start + piece.length === text.length;
    const end = isLast ? piece.length : placeToCut(piece);
    pieces.push(piece.slice(0, end));
    start += end;
  }
  return pieces;
}

function placeToCut(piece: string): number {
  const end = piece.lastIndexOf('\n') + 1 || piece.lastIndexOf(' ') + 1;
  return end || piece.length;
}

/** A name in two: the end that stays when there is no room for all of it. */
export function cutName(name: string, endCharacters = 8): [start: string, end: string] {
  if (name.length <= endCharacters * 2) return [name, ''];
  const start = cutText(name, name.length - endCharacters);
  return [start, name.slice(start.length)];
}

/** The text found in what stands around it: before, itself, after. Fits whatever the places are. */
export function cutMatch(snippet: string, [start, end]: readonly [number, number]): [string, string, string] {
  const from = Math.min(Math.max(0, start), snippet.length);
  const to = Math.min(Math.max(from, end), snippet.length);
  return [snippet.slice(0, from), snippet.slice(from, to), snippet.slice(to)];
}
