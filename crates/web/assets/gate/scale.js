// What a guard reads off a scale. Knows nothing of passages.

/** The most that the zone takes, in kilograms. */
const GROSS_MASS_KG_MAX = 1_000_000;

/** What somebody read off a scale, in whole kilograms: null where they typed nothing, undefined where it is no such number. */
export function mass(typed) {
  const text = typed.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => String(digit.codePointAt(0) & 15)).replace(/[\s,\u066c\u060c]/g, "");
  if (text === "") return null;
  const kilograms = /^[0-9]{1,7}$/.test(text) ? Number(text) : 0;
  return kilograms >= 1 && kilograms <= GROSS_MASS_KG_MAX ? kilograms : undefined;
}

/** Milligrams in a kilogram. */
const MG_PER_KG = 1_000_000n;

/** A mass in kilograms, as a certificate states it, in milligrams; null where it is none. */
function milligrams(text) {
  const [, whole, part = ""] = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text ?? "") ?? [];
  return whole === undefined ? null : BigInt(whole) * MG_PER_KG + BigInt(part.padEnd(6, "0"));
}

/**
 * How a load differs from the gross mass that was released, beyond so many per cent of that: `way` and `kilograms`, rounded up. Null where it does not, and where
 * nothing can be said. Without the vehicle's own mass nothing but too little can be seen, as in the crate `customs` (goods/weighing.rs).
 */
export function massDiffers(released, gross, tare, percent) {
  const due = milligrams(released);
  if (due === null || gross === null || percent === null || percent === undefined) return null;
  const load = BigInt(Math.max(gross - (tare ?? 0), 0)) * MG_PER_KG;
  const by = load - due;
  const size = by < 0n ? -by : by;
  if (size * 100n <= due * BigInt(percent) || (by > 0n && tare === null)) return null;
  return { way: by < 0n ? "lighter" : "heavier", kilograms: Number((size + MG_PER_KG - 1n) / MG_PER_KG) };
}
