// What a guard types beside the scan: nothing, whole kilograms in digits of any kind, or what is no weight.
import assert from "node:assert/strict";
import { test } from "node:test";

import { mass } from "../../assets/gate/scale.js";

test("whole kilograms, however they are written", () => {
  for (const typed of ["38500", " 38,500 ", "۳۸٬۵۰۰", "٣٨٥٠٠", "0038500"]) assert.equal(mass(typed), 38500, typed);
  assert.equal(mass("1"), 1);
  assert.equal(mass("1000000"), 1_000_000);
});

test("nothing was weighed", () => {
  for (const typed of ["", "  "]) assert.equal(mass(typed), null, typed);
});

test("what is no weight is not taken for one", () => {
  for (const typed of ["0", "-5", "1.5", "1000001", "9".repeat(400), "38t", "1e3", "NaN", "\u202e5"]) assert.equal(mass(typed), undefined, typed);
});
