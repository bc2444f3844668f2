// zlib (RFC 1950) and the inflating of RFC 1951, with the size of the result bounded before anything is inflated.
// Knows nothing of what is packed.
//
// It is our own, and not the browser's DecompressionStream, for two reasons: not every browser of the telephones at a gate has that one, and it
// does not say where a stream ended, so that bits which say nothing could be changed without anybody noticing.

import { Damage } from "./damage.js";

// RFC 1951 section 3.2.5.
const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const FAR_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const FAR_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
// RFC 1951 section 3.2.7.
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** The bytes of a whole stream, which ends where `packed` ends; at most `limit` of them. */
export function unpack(packed, limit, place) {
  const reader = new Reader(packed, limit, place);
  const [cmf, flg] = [packed[0], packed[1]];
  if (packed.length < 2) reader.fail("truncated");
  const known = (cmf & 0x0f) === 8 && cmf >> 4 <= 7 && (cmf * 256 + flg) % 31 === 0 && (flg & 0x20) === 0;
  if (!known) reader.fail("bad-compression");
  reader.at = 2;
  const out = reader.inflate();
  const sum = packed.subarray(reader.at, reader.at + 4);
  if (sum.length < 4) reader.fail("truncated");
  if (new DataView(sum.buffer, sum.byteOffset).getUint32(0) !== adler32(out)) reader.fail("bad-compression");
  if (reader.at + 4 !== packed.length) reader.fail("trailing-bytes");
  return out;
}

function adler32(bytes) {
  let [low, high] = [1, 0];
  for (const byte of bytes) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return ((high << 16) | low) >>> 0;
}

class Reader {
  constructor(bytes, limit, place) {
    Object.assign(this, { bytes, limit, place, at: 0, bit: 0, held: 0, size: 0, out: new Uint8Array(Math.min(limit, 4096)) });
  }

  fail(fault) {
    throw new Damage(this.place, fault);
  }

  bits(count) {
    while (this.bit < count) {
      if (this.at >= this.bytes.length) this.fail("truncated");
      this.held |= this.bytes[this.at++] << this.bit;
      this.bit += 8;
    }
    const value = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.bit -= count;
    return value;
  }

  /** Drops the rest of a byte; whether it was all zero. */
  align() {
    const zero = this.held === 0;
    this.held = this.bit = 0;
    return zero;
  }

  put(byte) {
    if (this.size >= this.limit) this.fail("too-long");
    if (this.size === this.out.length) {
      const wider = new Uint8Array(Math.min(this.limit, this.out.length * 2));
      wider.set(this.out);
      this.out = wider;
    }
    this.out[this.size++] = byte;
  }

  inflate() {
    for (let first = true, last = 0; last === 0; first = false) {
      last = this.bits(1);
      const type = this.bits(2);
      if (type === 0) this.stored(first);
      else if (type === 1) this.coded(FIXED, FIXED_FAR);
      else if (type === 2) this.coded(...this.tables());
      else this.fail("bad-compression");
    }
    // Bits after the end of the last block say nothing, and must be zero.
    if (!this.align()) this.fail("bad-compression");
    return this.out.subarray(0, this.size);
  }

  stored(first) {
    if (!this.align() && first) this.fail("bad-compression");
    const head = this.bytes.subarray(this.at, this.at + 4);
    if (head.length < 4) this.fail("truncated");
    const count = head[0] | (head[1] << 8);
    if ((count ^ (head[2] | (head[3] << 8))) !== 0xffff) this.fail("bad-compression");
    this.at += 4;
    if (this.at + count > this.bytes.length) this.fail("truncated");
    for (let n = 0; n < count; n++) this.put(this.bytes[this.at++]);
  }

  /** One symbol of a canonical Huffman code (RFC 1951 section 3.2.2), bit by bit. */
  symbol({ counts, symbols }) {
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length <= 15; length++) {
      code |= this.bits(1);
      const count = counts[length];
      if (code - first < count) return symbols[index + (code - first)];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return this.fail("bad-compression");
  }

  coded(literals, fars) {
    for (;;) {
      const symbol = this.symbol(literals);
      if (symbol === 256) return;
      if (symbol < 256) this.put(symbol);
      else this.copy(symbol - 257, fars);
    }
  }

  copy(kind, fars) {
    if (kind >= LENGTH_BASE.length) this.fail("bad-compression");
    const length = LENGTH_BASE[kind] + this.bits(LENGTH_BITS[kind]);
    const far = this.symbol(fars);
    if (far >= FAR_BASE.length) this.fail("bad-compression");
    const distance = FAR_BASE[far] + this.bits(FAR_BITS[far]);
    if (distance > this.size) this.fail("bad-compression");
    for (let n = 0; n < length; n++) this.put(this.out[this.size - distance]);
  }

  /** The two codes of a dynamic block (RFC 1951 section 3.2.7). */
  tables() {
    const [literals, fars, widths] = [this.bits(5) + 257, this.bits(5) + 1, this.bits(4) + 4];
    if (literals > 286 || fars > 30) this.fail("bad-compression");
    const lengths = new Array(19).fill(0);
    for (let n = 0; n < widths; n++) lengths[ORDER[n]] = this.bits(3);
    const all = this.lengths(this.code(lengths, false), literals + fars);
    if (all[256] === 0) this.fail("bad-compression");
    return [this.code(all.slice(0, literals), true), this.code(all.slice(literals), true)];
  }

  lengths(code, count) {
    const all = [];
    while (all.length < count) {
      const symbol = this.symbol(code);
      if (symbol < 16) {
        all.push(symbol);
        continue;
      }
      if (symbol === 16 && all.length === 0) this.fail("bad-compression");
      const value = symbol === 16 ? all[all.length - 1] : 0;
      const times = symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7);
      for (let n = 0; n < times; n++) all.push(value);
    }
    return all.length === count ? all : this.fail("bad-compression");
  }

  /** A code from the lengths of its words: complete, or where it may be so, a single word. */
  code(lengths, single) {
    const made = huffman(lengths);
    const alone = single && lengths.filter((length) => length > 0).length <= 1;
    return made.left === 0 || (alone && made.left > 0) ? made : this.fail("bad-compression");
  }
}

function huffman(lengths) {
  const counts = new Array(16).fill(0);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  let left = 1;
  const offsets = [0, 0];
  for (let length = 1; length <= 15; length++) {
    left = left * 2 - counts[length];
    offsets[length + 1] = offsets[length] + counts[length];
  }
  const symbols = [];
  lengths.forEach((length, symbol) => {
    if (length > 0) symbols[offsets[length]++] = symbol;
  });
  return { counts, symbols, left };
}

// RFC 1951 section 3.2.6.
const FIXED = huffman([...Array(144).fill(8), ...Array(112).fill(9), ...Array(24).fill(7), ...Array(8).fill(8)]);
const FIXED_FAR = huffman(Array(30).fill(5));
