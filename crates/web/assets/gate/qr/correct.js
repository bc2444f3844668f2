// Reed-Solomon codes over GF(256) with the polynomial of QR codes (ISO/IEC 18004 section 7.5.2). Knows nothing of QR codes.

const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  EXP[power] = EXP[power + 255] = value;
  LOG[value] = power;
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0);
}

const times = (left, right) => (left === 0 || right === 0 ? 0 : EXP[LOG[left] + LOG[right]]);
const over = (left, right) => (left === 0 ? 0 : EXP[LOG[left] + 255 - LOG[right]]);
/** A polynomial, the constant term first. */
const at = (polynomial, x) => polynomial.reduceRight((sum, term) => times(sum, x) ^ term, 0);

/** Mends `block` (data, then `count` codewords of correction) in place; whether it is right now. */
export function correct(block, count) {
  const syndromes = syndromesOf(block, count);
  if (syndromes.every((value) => value === 0)) return true;
  const locator = locate(syndromes);
  const errors = locator.length - 1;
  if (errors * 2 > count) return false;
  const places = [];
  for (let place = 0; place < block.length; place++) {
    if (at(locator, EXP[(255 - place) % 255]) === 0) places.push(place);
  }
  if (places.length !== errors) return false;
  mend(block, syndromes, locator, places);
  return syndromesOf(block, count).every((value) => value === 0);
}

function syndromesOf(block, count) {
  const reversed = Array.from(block).reverse();
  return Array.from({ length: count }, (_, power) => at(reversed, EXP[power]));
}

/** The error locator, by Berlekamp and Massey. */
function locate(syndromes) {
  let [locator, former, shift, discrepancyBefore] = [[1], [1], 1, 1];
  let length = 0;
  for (let n = 0; n < syndromes.length; n++) {
    let discrepancy = syndromes[n];
    for (let term = 1; term <= length; term++) discrepancy ^= times(locator[term] ?? 0, syndromes[n - term]);
    if (discrepancy === 0) {
      shift++;
      continue;
    }
    const kept = locator;
    const factor = over(discrepancy, discrepancyBefore);
    const shifted = [...Array(shift).fill(0), ...former.map((term) => times(term, factor))];
    locator = Array.from({ length: Math.max(locator.length, shifted.length) }, (_, term) => (locator[term] ?? 0) ^ (shifted[term] ?? 0));
    if (2 * length <= n) {
      [length, former, discrepancyBefore, shift] = [n + 1 - length, kept, discrepancy, 1];
    } else {
      shift++;
    }
  }
  while (locator.length > 1 && locator[locator.length - 1] === 0) locator.pop();
  return locator;
}

/** Takes the errors out, by Forney. */
function mend(block, syndromes, locator, places) {
  const evaluator = syndromes.map((_, term) => {
    let sum = 0;
    for (let n = 0; n <= term; n++) sum ^= times(syndromes[term - n], locator[n] ?? 0);
    return sum;
  });
  const derivative = locator.map((term, power) => (power % 2 === 1 ? term : 0)).slice(1);
  for (const place of places) {
    const inverse = EXP[(255 - place) % 255];
    const magnitude = times(EXP[place % 255], over(at(evaluator, inverse), at(derivative, inverse)));
    block[block.length - 1 - place] ^= magnitude;
  }
}
