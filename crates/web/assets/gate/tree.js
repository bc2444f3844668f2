// The log's Merkle tree (RFC 6962 section 2.1): its upper part from a pack, and branches that lead up to it.
// Knows nothing of what an entry holds, nor of who signed.

import { decode } from "./cbor.js";
import { equal, sha256 } from "./bytes.js";
import { Damage } from "./damage.js";
import { tlogProof } from "./note.js";

/** As high as a branch climbs. */
export const HEIGHT_MAX = 16;
const [LEAF, NODE] = [Uint8Array.of(0), Uint8Array.of(1)];

export const leafHash = (entry) => sha256(LEAF, entry);
const nodeHash = (left, right) => sha256(NODE, left, right);
/** Shifts of numbers beyond 32 bits, which `>>` cannot do. */
const down = (index, height) => Math.floor(index / 2 ** height);

/** The upper part of a tree: rows of neighbouring nodes, each row `height` levels above the leaves. */
export class Rows {
  constructor(rows) {
    this.rows = rows; // [{ height, first, hashes: Uint8Array }]
  }

  /** The hash of the node at `index` in the level `height`; null where the rows do not reach. */
  async node(height, index) {
    // The nearest row below costs the least hashing.
    const below = this.rows.filter((row) => row.height <= height).sort((left, right) => right.height - left.height);
    for (const row of below) {
      const width = 2 ** (height - row.height);
      const start = index * width - row.first;
      if (start < 0 || (start + width) * 32 > row.hashes.length) continue;
      return perfect(row.hashes.subarray(start * 32, (start + width) * 32));
    }
    return null;
  }

  /** The root of the tree of `size` leaves; null where the rows do not reach. */
  async root(size) {
    let root = null;
    // The perfect subtrees that the tree is made of, the smallest at the right first.
    for (let height = 0; height < 53; height++) {
      if (down(size, height) % 2 === 0) continue;
      const peak = await this.node(height, down(size, height) - 1);
      if (peak === null) return null;
      root = root === null ? peak : await nodeHash(peak, root);
    }
    return root ?? sha256();
  }

  /** Whether each row says what the rows above it say. With a right root, every hash in them is then bound by it. */
  async agree() {
    const byHeight = [...this.rows].sort((left, right) => left.height - right.height);
    for (let at = 0; at + 1 < byHeight.length; at++) {
      const [low, high] = [byHeight[at], byHeight[at + 1]];
      const width = 2 ** (high.height - low.height);
      const end = Math.floor((low.first + low.hashes.length / 32) / width);
      if (low.first % width !== 0) return false;
      for (let index = low.first / width; index < end; index++) {
        const above = (index - high.first) * 32;
        const start = (index * width - low.first) * 32;
        const hash = await perfect(low.hashes.subarray(start, start + width * 32));
        if (above < 0 || !equal(hash, high.hashes.subarray(above, above + 32))) return false;
      }
    }
    return true;
  }
}

/** The root of the perfect subtree with this lowest row. */
async function perfect(row) {
  let level = [];
  for (let at = 0; at < row.length; at += 32) level.push(row.subarray(at, at + 32));
  while (level.length > 1) {
    const above = [];
    for (let at = 0; at < level.length; at += 2) above.push(nodeHash(level[at], level[at + 1]));
    level = await Promise.all(above);
  }
  return level[0];
}

/** The branch that a certificate carries: index, entry, and the siblings on the way up. Null where it is none that can be checked here. */
export function branch(bytes) {
  const proof = tlogProof(bytes);
  if (proof !== null) return fromProof(proof);
  let parts;
  try {
    parts = decode(bytes, "branch");
  } catch (error) {
    if (error instanceof Damage) return null;
    throw error;
  }
  if (!Array.isArray(parts) || parts.length !== 4 || parts[0] !== 1) return null;
  const [, index, entry, hashes] = parts;
  const isBytes = (part) => part instanceof Uint8Array;
  if (!Number.isSafeInteger(index) || index < 0 || !isBytes(entry) || !isBytes(hashes)) return null;
  if (hashes.length % 32 !== 0 || hashes.length > HEIGHT_MAX * 32) return null;
  const siblings = [];
  for (let at = 0; at < hashes.length; at += 32) siblings.push(hashes.subarray(at, at + 32));
  return { index, entry, siblings };
}

/** The lower part of a proof: as long as the subtree around the leaf was whole, its siblings are those of every later tree. */
function fromProof({ index, entry, hashes, size }) {
  let height = 0;
  while (height < hashes.length && down(index, height + 1) + 1 <= down(size, height + 1)) height++;
  return { index, entry, siblings: hashes.slice(0, height) };
}

/** What the rows say of a branch: "proven", "refuted", or "unknown" where they do not reach it. */
export async function judgeBranch(rows, { index, entry, siblings }) {
  const hashes = [await leafHash(entry)];
  for (const [height, sibling] of siblings.entries()) {
    const own = hashes[height];
    hashes.push(down(index, height) % 2 === 1 ? await nodeHash(sibling, own) : await nodeHash(own, sibling));
  }
  for (let height = siblings.length; height >= 0; height--) {
    const known = await rows.node(height, down(index, height));
    if (known !== null) return equal(known, hashes[height]) ? "proven" : "refuted";
  }
  return "unknown";
}
