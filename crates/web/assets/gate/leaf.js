// An entry of the log, and whether it is the one that issued a certificate. Knows nothing of trees.

import { decode } from "./cbor.js";
import { concat, equal, sha256, utf8 } from "./bytes.js";
import { Damage } from "./damage.js";

// The keys of a leaf that are looked at.
const [VERSION, CASE, KIND, PUBLIC, DEFINITION] = [1, 2, 5, 8, 10];

/** The name of a case in the log: nobody finds the case by it, and whoever has the case's id finds it. */
export async function pseudonym(id) {
  return (await sha256(concat(utf8.encode("panjereh case v1"), id))).subarray(0, 16);
}

/** Whether this entry says that its case issued what the certificate says. */
export async function issued(entry, says) {
  let leaf;
  try {
    leaf = decode(entry, "entry");
  } catch (error) {
    if (error instanceof Damage) return false;
    throw error;
  }
  if (!(leaf instanceof Map) || leaf.get(VERSION) !== 1 || !(leaf.get(PUBLIC) instanceof Map)) return false;
  const same = (key, bytes) => leaf.get(key) instanceof Uint8Array && equal(leaf.get(key), bytes);
  // A correction issues the certificate anew, and names none: the one that the case ended with is meant.
  const kind = leaf.get(KIND);
  const issues = kind === "corrected" || (kind === "ended" && leaf.get(PUBLIC).get("certificate") === says.kind);
  return issues && same(CASE, await pseudonym(says.id)) && same(DEFINITION, says.definition);
}
