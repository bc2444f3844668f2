// CBOR, base45, zlib: each against the vectors of its standard, and against what must be refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync, deflateSync, constants } from "node:zlib";

import { decode } from "../../assets/gate/cbor.js";
import { crc32, hex } from "../../assets/gate/bytes.js";
import { base45, message } from "../../assets/gate/text.js";
import { unpack } from "../../assets/gate/zlib.js";

const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const fault = (run) => {
  try {
    run();
  } catch (error) {
    return error.fault;
  }
  return "none";
};

test("one value has one encoding", () => {
  const says = (text, expected) => assert.equal(fault(() => decode(bytes(text), "x")), expected, text);
  for (const good of ["a201020304", "1818", "f4", "f6", "9f".replace("9f", "80"), "a0"]) says(good, "none");
  says("1817", "not-shortest");
  says("1900ff", "not-shortest");
  says("1a0000ffff", "not-shortest");
  says("1b00000000ffffffff", "not-shortest");
  says("a203040102", "keys-out-of-order");
  says("a201020103", "duplicate-key");
  says("9f01ff", "indefinite");
  says("f97e00", "not-allowed");
  says("c100", "not-allowed");
  says("61ff", "not-utf8");
  says("0000", "trailing-bytes");
  says("", "truncated");
});

test("CBOR bombs end where their bytes end, and fast", () => {
  const start = performance.now();
  for (const bomb of ["5bffffffffffffffff", "9bffffffffffffffff", "9affffffff", "baffffffff00", "81".repeat(100000), "a1".repeat(100000)]) {
    assert.match(fault(() => decode(bytes(bomb), "x")), /truncated|too-deep/, bomb.slice(0, 20));
  }
  assert.ok(performance.now() - start < 1000);
});

test("numbers of 64 bits stay exact", () => {
  assert.equal(decode(bytes("1bffffffffffffffff"), "x"), 18446744073709551615n);
  assert.equal(decode(bytes("3a0001000000".slice(0, 10)), "x"), -65537);
  assert.equal(decode(bytes("1b001fffffffffffff"), "x"), Number.MAX_SAFE_INTEGER);
});

test("the examples of RFC 9285, and what it forbids", () => {
  for (const [plain, coded] of [["AB", "BB8"], ["Hello!!", "%69 VD92EX0"], ["base-45", "UJCLQE7W581"], ["ietf!", "QED8WEX0"]]) {
    assert.equal(new TextDecoder().decode(base45(coded)), plain);
  }
  assert.equal(hex(base45("FGW")), "ffff");
  for (const bad of ["GGW", "BB8::", "BB8A", "BB8bb8", "BB8\u0622"]) assert.equal(fault(() => base45(bad)), "not-base45", bad);
});

test("what other people pack is unpacked", () => {
  let seed = 1;
  const next = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff);
  for (let round = 0; round < 60; round++) {
    const plain = Uint8Array.from({ length: next() % 9000 }, () => (round % 3 === 0 ? next() & 0xff : 97 + (next() >> 8) % 4));
    for (const strategy of [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY]) {
      const packed = deflateSync(plain, { level: round % 10, strategy });
      assert.deepEqual(Buffer.from(unpack(packed, 9000, "x")), Buffer.from(plain));
      assert.equal(fault(() => unpack(packed, plain.length - 1, "x")), plain.length === 0 ? "none" : "too-long");
    }
  }
});

test("cut, extended, padded and exploding streams are refused", () => {
  const packed = deflateSync(Buffer.from("one window for every service, one window"));
  for (let end = 0; end < packed.length; end++) assert.notEqual(fault(() => unpack(packed.subarray(0, end), 100, "x")), "none");
  assert.equal(fault(() => unpack(Buffer.concat([packed, Buffer.of(0)]), 100, "x")), "trailing-bytes");
  const padded = bytes("789c4b04000062" + "0062");
  assert.equal(new TextDecoder().decode(unpack(padded, 100, "x")), "a");
  padded[4] = 0x80;
  assert.equal(fault(() => unpack(padded, 100, "x")), "bad-compression");
  const bomb = deflateSync(Buffer.alloc(50_000_000));
  assert.equal(fault(() => unpack(bomb, 1000, "x")), "too-long");
  assert.ok(deflateRawSync(Buffer.of(1)).length > 0);
});

test("no bytes do anything but refuse", () => {
  let seed = 9;
  const next = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 8;
  for (let round = 0; round < 20000; round++) {
    const noise = Uint8Array.from({ length: next() % 60 }, () => next() & 0xff);
    for (const run of [() => decode(noise, "x"), () => unpack(noise, 500, "x"), () => message(`PJ1:${hex(noise).toUpperCase()}`)]) {
      assert.notEqual(fault(run), undefined, hex(noise));
    }
  }
});

test("the checksum is CRC-32's", () => assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926));
