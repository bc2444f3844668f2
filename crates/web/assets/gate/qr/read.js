// The text in a grid of modules (ISO/IEC 18004 section 12): format, mask, codewords, blocks, segments. Knows nothing of pictures.

import { correct } from "./correct.js";
import { blocks, reserved, size } from "./tables.js";

const ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const LEVELS = ["M", "L", "H", "Q"];
const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** The text of a code, `grid[y][x]` being 1 where it is dark; null where there is none. */
export function read(grid) {
  const version = (grid.length - 17) / 4;
  if (!Number.isInteger(version) || version < 1 || version > 40) return null;
  for (const { level, mask } of formats(grid)) {
    const data = codewords(grid, version, level, mask);
    if (data !== null) return segments(data, version);
  }
  return null;
}

/** What the two copies of the format information may be, at most three bits away (annex C), the nearest first. */
function formats(grid) {
  const side = grid.length;
  const bits = (cells) => cells.reduce((sum, [x, y]) => (sum << 1) | grid[y][x], 0);
  const range = (from, to) => Array.from({ length: Math.abs(to - from) + 1 }, (_, n) => from + Math.sign(to - from) * n);
  const around = [...range(0, 5).map((x) => [x, 8]), [7, 8], [8, 8], [8, 7], ...range(5, 0).map((y) => [8, y])];
  const apart = [...range(side - 1, side - 7).map((y) => [8, y]), ...range(side - 8, side - 1).map((x) => [x, 8])];
  const copies = [bits(around), bits(apart)];
  const all = Array.from({ length: 32 }, (_, data) => {
    const distance = Math.min(...copies.map((copy) => ones(copy ^ formatBits(data))));
    return { level: LEVELS[data >> 3], mask: data & 7, distance };
  });
  return all.filter((format) => format.distance <= 3).sort((left, right) => left.distance - right.distance);
}

function formatBits(data) {
  let rest = data << 10;
  for (let bit = 14; bit >= 10; bit--) if (rest & (1 << bit)) rest ^= 0x537 << (bit - 10);
  return ((data << 10) | rest) ^ 0x5412;
}

export function ones(bits) {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** The data, mended; null where a block cannot be mended. */
function codewords(grid, version, level, mask) {
  const layout = blocks(version, level);
  const raw = unmasked(grid, version, MASKS[mask]).subarray(0, layout.codewords);
  const parts = layout.data.map((length) => new Uint8Array(length + layout.correction));
  let at = 0;
  const longest = Math.max(...layout.data);
  for (let n = 0; n < longest; n++) {
    layout.data.forEach((length, block) => {
      if (n < length) parts[block][n] = raw[at++];
    });
  }
  for (let n = 0; n < layout.correction; n++) {
    layout.data.forEach((length, block) => (parts[block][length + n] = raw[at++]));
  }
  if (!parts.every((part) => correct(part, layout.correction))) return null;
  return parts.flatMap((part, block) => Array.from(part.subarray(0, layout.data[block])));
}

/** The codewords as they stand in the grid: two columns at a time, from the right, up and down by turns. */
function unmasked(grid, version, masked) {
  const side = size(version);
  const taken = reserved(version);
  const bytes = new Uint8Array(Math.ceil((side * side) / 8));
  let count = 0;
  let up = true;
  for (let right = side - 1; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5;
    for (let step = 0; step < side; step++) {
      const y = up ? side - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (taken[y][x]) continue;
        const dark = grid[y][x] ^ (masked(x, y) ? 1 : 0);
        bytes[count >> 3] |= dark << (7 - (count & 7));
        count++;
      }
    }
  }
  return bytes;
}

/** The segments' text (section 7.4); null where one is of a kind that no certificate has. */
function segments(data, version) {
  const stream = new Bits(data);
  const wide = version < 10 ? 0 : version < 27 ? 1 : 2;
  let text = "";
  while (stream.left() >= 4) {
    const mode = stream.take(4);
    if (mode === 0) break;
    const part = segment(stream, mode, wide);
    if (part === null) return null;
    text += part;
  }
  return text;
}

function segment(stream, mode, wide) {
  if (mode === 7) return eci(stream);
  const widths = { 1: [10, 12, 14], 2: [9, 11, 13], 4: [8, 16, 16] }[mode];
  if (widths === undefined) return null;
  const count = stream.take(widths[wide]);
  if (mode === 1) return numeric(stream, count);
  return mode === 2 ? alphanumeric(stream, count) : bytes(stream, count);
}

function eci(stream) {
  const first = stream.take(8);
  if (first >= 0x80) stream.take(first >= 0xc0 ? 16 : 8);
  return "";
}

function numeric(stream, count) {
  let text = "";
  for (let left = count; left > 0; left -= 3) {
    const digits = Math.min(left, 3);
    const value = stream.take(digits * 3 + 1);
    if (value === null || value >= 10 ** digits) return null;
    text += String(value).padStart(digits, "0");
  }
  return text;
}

function alphanumeric(stream, count) {
  let text = "";
  for (let left = count; left > 0; left -= 2) {
    const value = stream.take(left > 1 ? 11 : 6);
    if (value === null || value >= (left > 1 ? 2025 : 45)) return null;
    text += left > 1 ? ALPHANUMERIC[Math.floor(value / 45)] + ALPHANUMERIC[value % 45] : ALPHANUMERIC[value];
  }
  return text;
}

function bytes(stream, count) {
  const read = [];
  for (let n = 0; n < count; n++) {
    const byte = stream.take(8);
    if (byte === null) return null;
    read.push(byte);
  }
  const all = Uint8Array.from(read);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(all);
  } catch {
    return String.fromCharCode(...read);
  }
}

class Bits {
  constructor(data) {
    this.data = data;
    this.at = 0;
  }

  left() {
    return this.data.length * 8 - this.at;
  }

  /** The next bits as a number, the first the highest; null past the end. */
  take(count) {
    if (this.left() < count) {
      this.at = this.data.length * 8;
      return null;
    }
    let value = 0;
    for (let n = 0; n < count; n++, this.at++) value = (value << 1) | ((this.data[this.at >> 3] >> (7 - (this.at & 7))) & 1);
    return value;
  }
}
