// What ISO/IEC 18004 says of each version of QR codes: sizes, blocks, alignment patterns. Knows nothing of pictures.

export const VERSION_MAX = 40;
export const size = (version) => 17 + 4 * version;

// Error-correction codewords of a block, and blocks, by level L, M, Q, H and version (table 9).
const EC = {
  L: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
  M: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28],
  Q: [13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
  H: [17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
};
const BLOCKS = {
  L: [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25],
  M: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49],
  Q: [1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68],
  H: [1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81],
};

/** Where the centres of alignment patterns stand, in both directions (annex E). */
export function alignment(version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  const centres = [6];
  for (let n = count - 2; n >= 0; n--) centres.push(size(version) - 7 - n * step);
  return centres;
}

/** Whether a module holds no data: finders, timing, alignment, format and version information. */
export function reserved(version) {
  const side = size(version);
  const taken = Array.from({ length: side }, () => new Uint8Array(side));
  const fill = (x, y, width, height) => {
    for (let row = y; row < y + height; row++) taken[row].fill(1, x, x + width);
  };
  fill(0, 0, 9, 9);
  fill(side - 8, 0, 8, 9);
  fill(0, side - 8, 9, 8);
  fill(6, 0, 1, side);
  fill(0, 6, side, 1);
  const centres = alignment(version);
  const last = centres.length - 1;
  centres.forEach((y, row) => centres.forEach((x, column) => {
    const onFinder = (row === 0 && column === 0) || (row === 0 && column === last) || (row === last && column === 0);
    if (!onFinder) fill(x - 2, y - 2, 5, 5);
  }));
  if (version >= 7) {
    fill(side - 11, 0, 3, 6);
    fill(0, side - 11, 6, 3);
  }
  return taken;
}

/** The blocks of a version and level: how many codewords in all, and of each block the data and the error correction. */
export function blocks(version, level) {
  const count = BLOCKS[level][version - 1];
  const correction = EC[level][version - 1];
  const codewords = Math.floor(dataModules(version) / 8);
  const short = Math.floor(codewords / count);
  const long = codewords % count;
  // The shorter blocks come first.
  const data = Array.from({ length: count }, (_, n) => short - correction + (n >= count - long ? 1 : 0));
  return { codewords, correction, data };
}

function dataModules(version) {
  const aligned = version === 1 ? 0 : Math.floor(version / 7) + 2;
  const patterns = aligned === 0 ? 0 : (25 * aligned - 10) * aligned - 55;
  return (16 * version + 128) * version + 64 - patterns - (version >= 7 ? 36 : 0);
}
