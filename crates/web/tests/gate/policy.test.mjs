// Witness policies as C2SP writes them, and quorums; cosignatures are checked against those of the crate `log`, in main.rs.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Damage } from "../../assets/gate/damage.js";
import { readPolicy } from "../../assets/gate/policy.js";

const KEY = "example.com/w+00000000+AAAA";
const witnesses = (...names) => names.map((name) => `witness ${name} ${KEY}\n`).join("");
const met = (policy, ...cosigned) => readPolicy(policy).isMet(new Set(cosigned));

test("a quorum of groups within groups", () => {
  const policy = `# a comment\nlog ${KEY} https://log.example\n${witnesses("a", "b", "c", "d")}group two 2 a b c\ngroup all all two d\n\nquorum all\n`;
  assert.deepEqual(readPolicy(policy).witnesses.map(({ name }) => name), ["a", "b", "c", "d"]);
  assert.equal(met(policy, "a", "c", "d"), true);
  assert.equal(met(policy, "a", "b", "c"), false);
  assert.equal(met(policy, "a", "d"), false);
  assert.equal(met(policy), false);
  assert.equal(met(`${witnesses("a", "b")}group one any a b\nquorum one\n`, "b"), true);
  assert.equal(met(`${witnesses("a")}quorum a\n`, "b"), false);
  assert.equal(met("quorum none\n"), true);
});

test("what is no policy is refused", () => {
  const wrong = [
    "",
    "quorum none",
    "quorum a\n",
    `${witnesses("a")}`,
    `${witnesses("a", "a")}quorum a\n`,
    `${witnesses("none")}quorum none\n`,
    `${witnesses("a")}quorum a\nquorum a\n`,
    `${witnesses("a", "b")}group g 3 a b\nquorum g\n`,
    `${witnesses("a", "b")}group g 0 a b\nquorum g\n`,
    `${witnesses("a", "b")}group g 02 a b\nquorum g\n`,
    `${witnesses("a", "b")}group g 2 a a\nquorum g\n`,
    `${witnesses("a")}group g 1 a\ngroup h 1 a\nquorum h\n`,
    `group g 1 a\n${witnesses("a")}quorum g\n`,
    `${witnesses("a")}group g 1 g\nquorum g\n`,
    `${witnesses("a")}quorum a b\n`,
    `${witnesses("a")}somebody a\nquorum a\n`,
    `${witnesses("a")}quorum a\r\n`,
    `${witnesses(...Array.from({ length: 65 }, (_, at) => `w${at}`))}quorum w0\n`,
    `${"#".repeat(300000)}\nquorum none\n`,
  ];
  for (const text of wrong) assert.throws(() => readPolicy(text), Damage, text.slice(0, 80));
});
