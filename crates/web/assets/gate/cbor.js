// Deterministic CBOR (RFC 8949 section 4.2.1), the only CBOR that is read: no tags, no floats, one encoding for one value.
// Knows nothing of COSE or claims.
//
// A bomb does no harm: nothing is made room for before its bytes are there, and nesting ends at a depth that no certificate reaches.

import { Damage } from "./damage.js";
import { textOf } from "./bytes.js";

const DEPTH_MAX = 8;

/** One item that fills `bytes`. Maps become Map; integers beyond 2^53 become BigInt; bytes stay a view. */
export function decode(bytes, place) {
  const walk = new Walk(bytes, place);
  const value = walk.item(0);
  if (walk.at !== bytes.length) walk.fail("trailing-bytes");
  return value;
}

class Walk {
  constructor(bytes, place) {
    this.bytes = bytes;
    this.place = place;
    this.at = 0;
  }

  fail(fault) {
    throw new Damage(this.place, fault);
  }

  item(depth) {
    if (depth > DEPTH_MAX) this.fail("too-deep");
    const [major, count] = this.head();
    switch (major) {
      case 0: return count;
      case 1: return typeof count === "bigint" ? -1n - count : -1 - count;
      case 2: return this.take(count);
      case 3: return this.text(count);
      case 4: return this.list(count, depth);
      case 5: return this.map(count, depth);
      case 7: return this.simple(count);
      default: return this.fail("not-allowed"); // a tag would be a second way to write the same thing
    }
  }

  simple(count) {
    const values = new Map([[20, false], [21, true], [22, null]]);
    return values.has(count) ? values.get(count) : this.fail("not-allowed");
  }

  /** The major type and the argument, which must be in its shortest form. */
  head() {
    const first = this.take(1)[0];
    const major = first >> 5;
    const info = first & 0x1f;
    if (info < 24) return [major, info];
    if (info === 31) this.fail("indefinite");
    if (info > 27 || major === 7) this.fail("not-allowed");
    const width = 1 << (info - 24);
    let value = 0n;
    for (const byte of this.take(width)) value = (value << 8n) | BigInt(byte);
    const least = width === 1 ? 24n : 1n << BigInt(width * 4);
    if (value < least) this.fail("not-shortest");
    return [major, value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value];
  }

  take(count) {
    if (typeof count === "bigint" || count > this.bytes.length - this.at) this.fail("truncated");
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  text(count) {
    try {
      return textOf(this.take(count));
    } catch (error) {
      if (error instanceof Damage) throw error;
      return this.fail("not-utf8");
    }
  }

  list(count, depth) {
    const items = [];
    // A number of items that the bytes cannot hold ends where the bytes end.
    for (let n = 0; n < count; n++) items.push(this.item(depth + 1));
    return items;
  }

  map(count, depth) {
    const entries = new Map();
    let last = null;
    for (let n = 0; n < count; n++) {
      const start = this.at;
      const key = this.item(depth + 1);
      const written = this.bytes.subarray(start, this.at);
      const order = last === null ? -1 : compare(last, written);
      if (order === 0) this.fail("duplicate-key");
      if (order > 0) this.fail("keys-out-of-order");
      last = written;
      // A key of another kind is none that anybody looks for.
      const plain = typeof key === "number" || typeof key === "string";
      entries.set(plain ? key : Symbol(), this.item(depth + 1));
    }
    return entries;
  }
}

function compare(left, right) {
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at++) {
    if (left[at] !== right[at]) return left[at] - right[at];
  }
  return left.length - right.length;
}

/** The head of an item, as it is written in its shortest form. */
export function head(major, count) {
  const type = major << 5;
  if (count < 24) return Uint8Array.of(type | count);
  if (count < 0x100) return Uint8Array.of(type | 24, count);
  if (count < 0x10000) return Uint8Array.of(type | 25, count >> 8, count & 0xff);
  return Uint8Array.of(type | 26, count >>> 24, (count >> 16) & 0xff, (count >> 8) & 0xff, count & 0xff);
}
