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
