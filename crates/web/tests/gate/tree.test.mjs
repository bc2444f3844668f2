// The upper part of a tree and branches that lead to it: the vectors of Certificate Transparency, and every way in which a branch can be wrong.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createHash } from "node:crypto";

import { hex } from "../../assets/gate/bytes.js";
import { checkpoint, isSignedByLog, tlogProof } from "../../assets/gate/note.js";
import { branch, judgeBranch, leafHash, Rows } from "../../assets/gate/tree.js";

const sha = (...parts) => createHash("sha256").update(Buffer.concat(parts.map((part) => Buffer.from(part)))).digest();
const node = (left, right) => sha([1], left, right);
const entry = (index) => Uint8Array.from([index >> 16, (index >> 8) & 255, index & 255]);

/** RFC 6962 section 2.1, word for word. */
function root(leaves) {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return leaves[0];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return node(root(leaves.slice(0, split)), root(leaves.slice(split)));
}

/** All levels of perfect nodes. */
function levels(leaves) {
  const all = [leaves];
  while (all.at(-1).length > 1) {
    const below = all.at(-1);
    all.push(Array.from({ length: below.length >> 1 }, (_, at) => node(below[2 * at], below[2 * at + 1])));
  }
  return all;
}

/** Rows as a pack has them, so many tiles of 256 from the right; of level 8 fewer, so that the tree of the tests is long. */
function rows(all, tiles = { 0: 8, 8: 1, 16: 1e9 }) {
  return new Rows(Object.entries(tiles).flatMap(([height, most]) => {
    const nodes = all[height] ?? [];
    const first = Math.max(0, Math.ceil(nodes.length / 256) - most) * 256;
    return nodes.length === 0 ? [] : [{ height: Number(height), first, hashes: Uint8Array.from(Buffer.concat(nodes.slice(first))) }];
  }));
}

/** The branch of a leaf in the tree of `size` leaves. */
function cut(all, index, size) {
  const siblings = [];
  for (let height = 0; height < 16 && (index >> (height + 1)) + 1 <= size >> (height + 1); height++) {
    siblings.push(Uint8Array.from(all[height][(index >> height) ^ 1]));
  }
  return { index, entry: entry(index), siblings };
}

const leaves = Array.from({ length: 70000 }, (_, index) => sha([0], entry(index)));
const all = levels(leaves);

test("known vectors", async () => {
  assert.equal(hex(await leafHash(Uint8Array.of())), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  assert.equal(hex(await new Rows([]).root(0)), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("the rows lead to the root at every kind of size", async () => {
  for (const size of [1, 2, 255, 256, 257, 2047, 2048, 2049, 4097, 65535, 65536, 65537, 70000]) {
    const part = levels(leaves.slice(0, size));
    assert.equal(hex(await rows(part).root(size)), hex(root(leaves.slice(0, size))), `${size}`);
    assert.ok(await rows(part).agree());
  }
});

test("a row that says another thing than the one above is seen", async () => {
  const bad = rows(all);
  bad.rows[0].hashes[100] ^= 1;
  assert.equal(await bad.agree(), false);
});

test("a branch that was cut from an older tree is proven in a newer one, or is too short", async () => {
  const upper = rows(all);
  for (const [index, size, expected] of [
    [69990, 70000, "proven"], [69000, 69001, "proven"], [300, 70000, "proven"], [300, 65536, "proven"], [300, 512, "unknown"],
    [300, 301, "unknown"], [66000, 66048, "proven"], [65999, 66000, "unknown"], [0, 70000, "proven"], [69999, 70000, "proven"],
  ]) {
    assert.equal(await judgeBranch(upper, cut(all, index, size)), expected, `${index} of ${size}`);
  }
});

test("any change of a branch is seen", async () => {
  const upper = rows(all);
  const good = cut(all, 300, 70000);
  assert.equal(await judgeBranch(upper, { ...good, index: 301 }), "refuted");
  assert.equal(await judgeBranch(upper, { ...good, entry: entry(301) }), "refuted");
  for (let at = 0; at < good.siblings.length; at++) {
    const siblings = good.siblings.map((sibling) => sibling.slice());
    siblings[at][at] ^= 1;
    assert.equal(await judgeBranch(upper, { ...good, siblings }), "refuted");
  }
  assert.equal(await judgeBranch(upper, { ...good, siblings: good.siblings.slice(0, 12) }), "unknown");
});

test("what is no branch is none", () => {
  for (const text of ["80", "8401054040".slice(0, 8), "84020540" + "40", "8401054041ff", "840120" + "4040", "00", ""]) {
    assert.equal(branch(Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16))), null, text);
  }
  assert.equal(tlogProof(new TextEncoder().encode("c2sp.org/tlog-proof@v1\nindex 0\n\nx\n")), null);
});

test("a note of another log, or without its signature, is not the log's", async () => {
  // The example of golang.org/x/mod/sumdb/note: the key of PeterNeumann, which is of this algorithm.
  const key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const signature = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";
  const note = { origin: "PeterNeumann", text, lines: [`\u2014 PeterNeumann ${signature}`] };
  assert.equal(await isSignedByLog(note, key), true);
  assert.equal(await isSignedByLog({ ...note, text: `${text}x\n` }, key), false);
  assert.equal(await isSignedByLog({ ...note, lines: [] }, key), false);
  assert.equal(await isSignedByLog(note, key.replace("Peter", "Paul")), false);
  assert.throws(() => checkpoint(new TextEncoder().encode("log\n01\nAAAA\n\n")));
});
