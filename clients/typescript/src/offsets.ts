/**
 * The service counts offsets in Unicode code points, and JavaScript counts in UTF-16 code units: an emoji is one of
 * the former and two of the latter. Fields that end in `_utf16` fit `text.slice`; these functions convert the others.
 */

/** The UTF-16 offset of an offset in code points. */
export function toUtf16(text: string, codePoints: number): number {
  let offset = 0;
  for (let left = codePoints; left > 0 && offset < text.length; left--) {
    offset += text.codePointAt(offset)! > 0xffff ? 2 : 1;
  }
  return offset;
}

/** The offset in code points of a UTF-16 offset. */
export function toCodePoints(text: string, utf16: number): number {
  let count = 0;
  for (let offset = 0; offset < utf16 && offset < text.length; count++) {
    offset += text.codePointAt(offset)! > 0xffff ? 2 : 1;
  }
  return count;
}

/** `text.slice` for offsets in code points. */
export function sliceCodePoints(text: string, start: number, end: number): string {
  return text.slice(toUtf16(text, start), toUtf16(text, end));
}
