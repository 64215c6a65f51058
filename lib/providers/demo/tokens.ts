const PIECE = /\s*[^\s]{1,12}|\s+/gu;

/** The demo provider's tokens: words with the space before them, long ones cut. The same text always gives the same pieces. */
export function splitPieces(text: string): string[] {
  return text.match(PIECE) ?? [];
}

export function countPieces(text: string): number {
  return splitPieces(text).length;
}
