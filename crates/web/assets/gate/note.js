// Signed notes, checkpoints, cosignatures and proofs of the log as C2SP writes them (signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof).
// Knows nothing of trees, nor of what an entry holds.

import { base64, equal, hex, sha256, textOf, utf8 } from "./bytes.js";
import { verifyEd25519 } from "./cose.js";
import { Damage } from "./damage.js";

const wrong = () => new Damage("checkpoint", "malformed");
/** Sizes are exact up to here; a log that passes it is not one of ours. */
const SIZE_MAX = Number.MAX_SAFE_INTEGER;
const [ED25519, COSIGNATURE_V1] = [1, 4];

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
  const key = await keyOf(verifierKey, ED25519);
  if (key === null || note.origin !== key.name) return false;
  for (const signature of signaturesOf(note, key, 64)) {
    if (await verifyEd25519(key.bytes, signature, utf8.encode(note.text))) return true;
  }
  return false;
}

/** Whether a witness, by its verifier key, cosigned the note not after `latest` (seconds since 1970 UTC): C2SP tlog-cosignature, cosignature/v1. */
export async function isCosignedBy(note, verifierKey, latest) {
  const key = await keyOf(verifierKey, COSIGNATURE_V1);
  if (key === null) return false;
  for (const timed of signaturesOf(note, key, 72)) {
    const time = new DataView(timed.buffer, timed.byteOffset, 8).getBigUint64(0);
    if (time > BigInt(latest)) continue;
    if (await verifyEd25519(key.bytes, timed.subarray(8), utf8.encode(`cosignature/v1\ntime ${time}\n${note.text}`))) return true;
  }
  return false;
}

/** What stands behind the key's id on the note's lines of this key, where it has so many bytes. */
function signaturesOf(note, key, length) {
  const own = note.lines.map((line) => /^\u2014 (\S+) (\S+)$/.exec(line) ?? []).filter(([, signer]) => signer === key.name);
  const signatures = own.map(([, , base]) => base64(base));
  return signatures.filter((all) => all?.length === 4 + length && equal(all.subarray(0, 4), key.id)).map((all) => all.subarray(4));
}

/** A verifier key of a type: its name, its id and the public key; null where it is none (C2SP signed-note, "Verifier keys"). */
async function keyOf(verifierKey, type) {
  const [, name, id, base] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(verifierKey) ?? [];
  const bytes = base64(base ?? "-");
  if (bytes === null || bytes.length !== 33 || bytes[0] !== type) return null;
  const hash = (await sha256(utf8.encode(`${name}\n`), bytes)).subarray(0, 4);
  return hex(hash) === id ? { name, id: hash, bytes: bytes.subarray(1) } : null;
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
