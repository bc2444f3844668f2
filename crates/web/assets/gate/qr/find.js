// Finding a QR code in a picture (ISO/IEC 18004 section 12 b to h): finder patterns, the grid between them, and the text in it.
// Knows nothing of certificates.

import { binary } from "./binary.js";
import { ones, read } from "./read.js";
import { mapping, place } from "./perspective.js";
import { alignment, size, VERSION_MAX } from "./tables.js";

/** How many finder patterns of a picture are tried in threes. */
const FINDERS_MAX = 8;

/** The text of a QR code in a picture (RGBA, width, height); null where none can be read. */
export function decode(picture) {
  const image = binary(picture);
  const finders = findersIn(image).slice(0, FINDERS_MAX);
  for (const corner of triples(finders)) {
    for (const text of texts(image, corner)) return text;
  }
  return null;
}

/** The texts that can be read with three finder patterns. */
function* texts(image, corner) {
  for (const version of versions(image, corner)) {
    for (const fourth of fourths(image, corner, version)) {
      const grid = sample(image, corner, fourth, version);
      const text = grid && read(grid);
      if (text) yield text;
    }
  }
}

/** All finder patterns, those seen on most rows first. */
function findersIn(image) {
  const found = [];
  for (let y = 0; y < image.height; y++) {
    for (const { x, width } of rowsOf(image, y)) {
      const centre = checked(image, x, y, width);
      if (centre) gather(found, centre);
    }
  }
  return found.filter((finder) => finder.seen > 1).sort((left, right) => right.seen - left.seen);
}

/** Runs of 1:1:3:1:1 in a row: the middle of the middle, and the width of all. */
function* rowsOf({ bits, width }, y) {
  const runs = [];
  let start = 0;
  for (let x = 1; x <= width; x++) {
    if (x < width && bits[y * width + x] === bits[y * width + x - 1]) continue;
    runs.push(x - start);
    const dark = bits[y * width + x - 1] === 1;
    const five = runs.slice(-5);
    if (dark && five.length === 5 && isFinder(five)) {
      const all = five.reduce((sum, run) => sum + run, 0);
      yield { x: x - five[4] - five[3] - five[2] / 2, width: all };
    }
    start = x;
  }
}

function isFinder(five) {
  const module = five.reduce((sum, run) => sum + run, 0) / 7;
  if (module < 1) return false;
  const near = (run, modules) => Math.abs(run - modules * module) < modules * module * 0.5 + 0.5;
  return near(five[0], 1) && near(five[1], 1) && near(five[2], 3) && near(five[3], 1) && near(five[4], 1);
}

/** The centre of a finder pattern at that place, held against the column and the row through it; null where there is none. */
function checked(image, x, y, width) {
  const column = across(image, Math.floor(x), y, 0, 1, width);
  if (!column) return null;
  const middle = y + column.off;
  const row = across(image, Math.floor(x), Math.round(middle), 1, 0, width);
  if (!row) return null;
  return { x: Math.floor(x) + 0.5 + row.off, y: middle + 0.5, module: (column.all + row.all) / 14, seen: 1 };
}

/** The five runs through a point in one direction: how far the middle is from the point, and how long all are. */
function across({ bits, width, height }, x, y, dx, dy, most) {
  const dark = (step) => {
    const [px, py] = [x + dx * step, y + dy * step];
    return px < 0 || py < 0 || px >= width || py >= height ? -1 : bits[py * width + px];
  };
  if (dark(0) !== 1) return null;
  const side = (sign) => {
    const runs = [0, 0, 0];
    let step = sign > 0 ? 0 : -1;
    for (const [at, want] of [1, 0, 1].entries()) {
      while (dark(step) === want && runs[at] <= most * 2) {
        runs[at]++;
        step += sign;
      }
    }
    return runs;
  };
  const [after, before] = [side(1), side(-1)];
  const five = [before[2], before[1], before[0] + after[0], after[1], after[2]];
  const all = five.reduce((sum, run) => sum + run, 0);
  if (five.includes(0) || !isFinder(five) || all > most * 2.5 || all * 2.5 < most) return null;
  return { off: (after[0] - before[0]) / 2 - 0.5, all };
}

/** One pattern is seen on several rows. */
function gather(found, centre) {
  for (const known of found) {
    const near = Math.hypot(known.x - centre.x, known.y - centre.y) < known.module * 3;
    const alike = Math.abs(known.module - centre.module) < Math.max(1, known.module * 0.5);
    if (!near || !alike) continue;
    const total = known.seen + 1;
    for (const key of ["x", "y", "module"]) known[key] = (known[key] * known.seen + centre[key]) / total;
    known.seen = total;
    return;
  }
  found.push(centre);
}

/** Three finders that may be one code's, the likeliest first: a right angle, two sides alike, modules alike. */
function triples(finders) {
  const all = [];
  for (let a = 0; a < finders.length; a++) {
    for (let b = a + 1; b < finders.length; b++) {
      for (let c = b + 1; c < finders.length; c++) {
        const corner = ordered(finders[a], finders[b], finders[c]);
        if (corner.doubt < 1) all.push(corner);
      }
    }
  }
  return all.sort((left, right) => left.doubt - right.doubt);
}

function ordered(...three) {
  const far = (p, q) => Math.hypot(p.x - q.x, p.y - q.y);
  // The corner stands across from the longest side.
  const [a, b, c] = three;
  const sides = [[far(b, c), a, b, c], [far(a, c), b, a, c], [far(a, b), c, a, b]].sort((left, right) => right[0] - left[0]);
  let [longest, corner, right, below] = sides[0];
  const cross = (right.x - corner.x) * (below.y - corner.y) - (right.y - corner.y) * (below.x - corner.x);
  if (cross < 0) [right, below] = [below, right];
  const [one, two] = [far(corner, right), far(corner, below)];
  const modules = three.map((finder) => finder.module);
  const doubt = Math.abs(one - two) / Math.max(one, two) + Math.abs(longest / Math.hypot(one, two) - 1) * 2
    + (Math.max(...modules) / Math.min(...modules) - 1) * 0.5;
  // A row of the picture cuts a turned module aslant, and longer than it is.
  const angle = Math.atan2(right.y - corner.y, right.x - corner.x);
  const straight = Math.max(Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle)));
  return { corner, right, below, straight, doubt };
}

/** The versions that three finder patterns may belong to: what the code itself says where it does, else what their distance says. */
function versions(image, corner) {
  const said = [readVersion(image, corner, true), readVersion(image, corner, false)].filter((version) => version !== null);
  const guess = guessVersion(corner);
  const near = [0, 1, -1].map((off) => guess + off).filter((version) => version >= 1 && version <= VERSION_MAX);
  return [...new Set([...said, ...near])];
}

/** How many modules lie between the finders' centres, and so which version it is. */
function guessVersion({ corner, right, below, straight }) {
  const modules = (from, to) => Math.hypot(from.x - to.x, from.y - to.y) / (((from.module + to.module) / 2) * straight);
  const side = (modules(corner, right) + modules(corner, below)) / 2 + 7;
  return Math.max(1, Math.min(VERSION_MAX, Math.round((side - 17) / 4)));
}

/** The version information beside a finder pattern (section 7.10), at most three bits away; null where there is none. */
function readVersion(image, { corner, right, below, straight }, beside) {
  const finder = beside ? right : below;
  const along = step(corner, right, finder.module * straight);
  const down = step(corner, below, finder.module * straight);
  let bits = 0;
  for (let bit = 17; bit >= 0; bit--) {
    // The lowest bit stands farthest from the finder and nearest to the edge.
    const [away, across] = [(bit % 3) - 7, Math.floor(bit / 3) - 3];
    const [columns, rows] = beside ? [away, across] : [across, away];
    const [x, y] = [finder.x + columns * along.x + rows * down.x, finder.y + columns * along.y + rows * down.y];
    bits = (bits << 1) | value(image, x, y);
  }
  for (let version = 7; version <= VERSION_MAX; version++) {
    if (ones(bits ^ versionBits(version)) <= 3) return version;
  }
  return null;
}

function versionBits(version) {
  let rest = version << 12;
  for (let bit = 17; bit >= 12; bit--) if (rest & (1 << bit)) rest ^= 0x1f25 << (bit - 12);
  return (version << 12) | rest;
}

/** One module's way in a direction. */
function step(from, to, module) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return { x: ((to.x - from.x) / length) * module, y: ((to.y - from.y) / length) * module };
}

function value({ bits, width, height }, x, y) {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  return column < 0 || row < 0 || column >= width || row >= height ? 0 : bits[row * width + column];
}

/** Where the fourth corner may be: at the last alignment pattern, wherever one looks like it; else as in a parallelogram. */
function* fourths(image, found, version) {
  const { corner, right, below } = found;
  const flat = { x: right.x + below.x - corner.x, y: right.y + below.y - corner.y };
  const side = size(version);
  const last = alignment(version).at(-1);
  if (last !== undefined) {
    // The alignment pattern is nearer to the corner by three modules of the way between the finders.
    const part = 1 - 3 / (side - 7);
    const expected = { x: corner.x + (flat.x - corner.x) * part, y: corner.y + (flat.y - corner.y) * part };
    for (const at of alignmentsNear(image, found, expected, side)) yield { x: last + 0.5, y: last + 0.5, at };
  }
  yield { x: side - 3.5, y: side - 3.5, at: flat };
}

/** Points that look like the middle of an alignment pattern, the likeliest first. */
function alignmentsNear(image, { corner, right, below, straight }, expected, side) {
  // A picture taken aslant is larger at one side; how much, the finders say. Far away the modules are as much smaller again.
  const module = Math.max(1, (right.module + below.module - corner.module) * straight);
  const [along, down] = [step(corner, right, module), step(corner, below, module)];
  const reach = Math.ceil(module * Math.max(6, side * 0.22));
  const stride = Math.max(1, module / 3);
  const found = [];
  for (let y = expected.y - reach; y <= expected.y + reach; y += stride) {
    for (let x = expected.x - reach; x <= expected.x + reach; x += stride) {
      if (value(image, x, y) !== 1) continue;
      const score = ringScore(image, x, y, along, down);
      if (score >= 21) found.push({ x, y, score: score - Math.hypot(x - expected.x, y - expected.y) / (reach * 1.5) });
    }
  }
  return apart(found.sort((left, right) => right.score - left.score), module).slice(0, 8).map((at) => middle(image, at, module));
}

/** Of points that lie on one module, the first. */
function apart(points, module) {
  const kept = [];
  for (const point of points) {
    if (kept.length < 8 && kept.every((other) => Math.hypot(other.x - point.x, other.y - point.y) > module * 1.5)) kept.push(point);
  }
  return kept;
}

/** How many of the 25 modules around a point are as an alignment pattern has them: dark, a light ring, a dark ring. */
function ringScore(image, x, y, along, down) {
  let score = 0;
  for (let row = -2; row <= 2; row++) {
    for (let column = -2; column <= 2; column++) {
      const ring = Math.max(Math.abs(row), Math.abs(column));
      const dark = value(image, x + column * along.x + row * down.x, y + column * along.y + row * down.y);
      if (dark === (ring === 1 ? 0 : 1)) score++;
    }
  }
  return score;
}

/** The middle of the dark module at a point. */
function middle(image, { x, y }, module) {
  const run = (dx, dy) => {
    let count = 0;
    while (count < module * 1.5 && value(image, x + dx * (count + 1), y + dy * (count + 1)) === 1) count++;
    return count;
  };
  return { x: Math.floor(x) + 0.5 + (run(1, 0) - run(-1, 0)) / 2, y: Math.floor(y) + 0.5 + (run(0, 1) - run(0, -1)) / 2 };
}

/** The modules, each read at its middle. */
function sample({ bits, width, height }, { corner, right, below }, fourth, version) {
  const side = size(version);
  const map = mapping(
    [[3.5, 3.5], [side - 3.5, 3.5], [fourth.x, fourth.y], [3.5, side - 3.5]],
    [corner, right, fourth.at, below].map(({ x, y }) => [x, y]),
  );
  if (map === null) return null;
  const grid = [];
  for (let row = 0; row < side; row++) {
    const line = new Uint8Array(side);
    for (let column = 0; column < side; column++) {
      const [x, y] = place(map, column + 0.5, row + 0.5).map(Math.floor);
      if (x < 0 || y < 0 || x >= width || y >= height) return null;
      line[column] = bits[y * width + x];
    }
    grid.push(line);
  }
  return grid;
}
