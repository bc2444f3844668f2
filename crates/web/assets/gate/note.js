// Signed notes, checkpoints and proofs of the log as C2SP writes them (signed-note, tlog-checkpoint, tlog-proof).
// Knows nothing of trees, nor of what an entry holds.

import { base64, equal, sha256, textOf, utf8 } from "./bytes.js";
import { verifyEd25519 } from "./cose.js";
import { Damage } from "./damage.js";

const wrong = () => new Damage("checkpoint", "malformed");
/** Sizes are exact up to here; a log that passes it is not one of ours. */
const SIZE_MAX = Number.MAX_SAFE_INTEGER;
const ED25519 = 1;

/** A checkpoint: the size and the root that the note's text says. */
export function checkpoint(bytes) {
  const note = textOf(bytes);
  const end = note.lastIndexOf("\n\n");
  if (end < 0) throw wrong();
  const text = note.slice(0, end + 1);
  const [origin, size, root] = text.split("\n");
  const hash = base64(root ?? "");
  if (!/^(0|[1-9][0-9]*)$/.test(size ?? "") || Number(size) > SIZE_MAX || hash?.length !== 32) throw wrong();
  const lines = note.slice(end + 2).split("\n").filter((line) => line !== "");
  return { origin, size: Number(size), root: hash, text, lines };
}

/** Whether the log itself, by its verifier key, signed the note. Witnesses' lines are not looked at here. */
export async function isSignedByLog(note, verifierKey) {
  const [name, id, key] = splitKey(verifierKey);
  const bytes = base64(key ?? "");
  if (bytes === null || bytes.length !== 33 || bytes[0] !== ED25519) return false;
  const hash = (await sha256(utf8.encode(`${name}\n`), bytes)).subarray(0, 4);
  if (!equal(hash, Uint8Array.from((id.match(/../g) ?? []), (pair) => parseInt(pair, 16))) || note.origin !== name) return false;
  for (const line of note.lines) {
    const [, signer, base] = /^\u2014 (\S+) (\S+)$/.exec(line) ?? [];
    const signature = base64(base ?? "");
    if (signer !== name || signature?.length !== 68 || !equal(signature.subarray(0, 4), hash)) continue;
    if (await verifyEd25519(bytes.subarray(1), signature.subarray(4), utf8.encode(note.text))) return true;
  }
  return false;
}

function splitKey(key) {
  const [, name, id, base] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(key) ?? [];
  return [name, id ?? "", base];
}

/** A tlog-proof that carries its entry in `extra`: index, entry, hashes, and the size of the tree that it is under; null for anything else. */
export function tlogProof(bytes) {
  let text;
  try {
    text = textOf(bytes);
  } catch {
    return null;
  }
  const found = /^c2sp\.org\/tlog-proof@v1\nextra (\S*)\nindex (0|[1-9][0-9]{0,15})\n((?:\S{44}\n){0,64})\n/.exec(text);
  if (found === null) return null;
  const entry = base64(found[1]);
  const hashes = found[3].split("\n").slice(0, -1).map(base64);
  if (entry === null || hashes.some((hash) => hash?.length !== 32)) return null;
  try {
    return { index: Number(found[2]), entry, hashes, size: checkpoint(utf8.encode(text.slice(found[0].length))).size };
  } catch {
    return null;
  }
}
