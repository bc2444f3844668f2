// What a guard types beside the scan: nothing, whole kilograms in digits of any kind, or what is no weight.
import assert from "node:assert/strict";
import { test } from "node:test";

import { mass, massDiffers } from "../../assets/gate/scale.js";

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

// As the crate `customs` has it (goods/weighing.rs).
test("a load may differ by so much and no more", () => {
  const load = (gross, tare) => massDiffers("10000", gross, tare, 2);
  assert.equal(load(24_200, 14_000), null);
  assert.deepEqual(load(24_201, 14_000), { way: "heavier", kilograms: 201 });
  assert.equal(load(23_800, 14_000), null);
  assert.deepEqual(load(23_799, 14_000), { way: "lighter", kilograms: 201 });
  assert.deepEqual(massDiffers("0.5", 2, 1, 10), { way: "heavier", kilograms: 1 });
});

test("without the vehicle's mass only too little can be seen", () => {
  assert.equal(massDiffers("10000", 1_000_000, null, 2), null);
  assert.deepEqual(massDiffers("10000", 9_799, null, 2), { way: "lighter", kilograms: 201 });
});

test("where nothing can be said, nothing is", () => {
  for (const released of [undefined, "", "x", "-1", "1e3", "9".repeat(30), "1.1234567"]) assert.equal(massDiffers(released, 5, 1, 2), null, released);
  assert.equal(massDiffers("10000", null, null, 2), null);
  assert.equal(massDiffers("10000", 5, 1, null), null, "a zone without a tolerance");
});
