/**
 * Which rows are on the screen. Browsers bound the height of an element, so that beyond a number of
 * rows the scroll bar stands for a larger height than there is.
 */
export const ROW_PIXELS = 24;
const MOST_PIXELS = 8_000_000;

export interface Viewport {
  /** First row and the one after the last, with some to spare. */
  first: number;
  end: number;
  /** Of the first row, in the scrolled element. */
  top: number;
  /** Of the scrolled element. */
  height: number;
}

export function viewport(rowCount: number, scrollTop: number, shownPixels: number): Viewport {
  const real = rowCount * ROW_PIXELS;
  const height = Math.min(real, MOST_PIXELS);
  const room = Math.max(0, height - shownPixels);
  const share = room > 0 ? Math.min(1, Math.max(0, scrollTop / room)) : 0;
  const realTop = height === real ? scrollTop : share * (real - shownPixels);
  const spare = 8;
  const first = Math.max(0, Math.floor(realTop / ROW_PIXELS) - spare);
  const end = Math.min(rowCount, Math.ceil((realTop + shownPixels) / ROW_PIXELS) + spare);
  return { first, end, top: scrollTop + first * ROW_PIXELS - realTop, height };
}

/** Where to scroll so that a row is seen, from where one is. */
export function scrollFor(
  row: number,
  rowCount: number,
  scrollTop: number,
  shownPixels: number,
): number {
  const real = rowCount * ROW_PIXELS;
  const height = Math.min(real, MOST_PIXELS);
  const room = Math.max(0, height - shownPixels);
  const realRoom = Math.max(1, real - shownPixels);
  const realTop = height === real ? scrollTop : (scrollTop / Math.max(1, room)) * realRoom;
  let wanted = realTop;
  if (row * ROW_PIXELS < realTop) {
    wanted = row * ROW_PIXELS;
  } else if ((row + 1) * ROW_PIXELS > realTop + shownPixels) {
    wanted = (row + 1) * ROW_PIXELS - shownPixels;
  }
  return height === real ? wanted : (wanted / realRoom) * room;
}
