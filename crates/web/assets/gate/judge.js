// Does a certificate hold? From bytes to a verdict, in one place; and what a gate says of it.
// Knows no language, no clock and no network: the time and the pack are given.

import { certificate } from "./certificate.js";
import { hex, sha256 } from "./bytes.js";
import { isSignedBy } from "./cose.js";
import { Damage } from "./damage.js";
import { issued, pseudonym } from "./leaf.js";
import { statusIn } from "./status.js";
import { message } from "./text.js";
import { branch, judgeBranch } from "./tree.js";

/** The verdict of the crate `credential`, by its codes. `input` is a text or a COSE message, `now` seconds since 1970 UTC. */
export async function verdict(input, pack, now) {
  let read;
  try {
    read = certificate(typeof input === "string" ? message(input) : input);
  } catch (error) {
    if (error instanceof Damage) return { code: "malformed", damage: error };
    throw error;
  }
  const { sign1, says } = read;
  const key = says.zone === pack.zone ? pack.keys.get(hex(sign1.kid)) : undefined;
  if (key === undefined) return { code: "unknown-key", says, sign1 };
  if (!(await isSignedBy(sign1, key))) return { code: "bad-signature", says, sign1 };
  return { code: inForce(says, pack, now), says, sign1 };
}

/** From the strongest refusal to none. */
function inForce(says, pack, now) {
  const status = asked(says, pack);
  if (status === "revoked") return "revoked";
  if (now < says.from) return "not-yet-valid";
  if (says.until !== null && now >= says.until) return "expired";
  if (status === "suspended") return "suspended";
  return status === "valid" ? "valid" : "status-unknown";
}

function asked({ status }, pack) {
  if (status === null) return "valid";
  const list = pack.lists.get(status.uri) ?? moved(status.uri, pack);
  return (list && statusIn(list, status.index)) ?? "unknown";
}

/** The list of that number, where the zone had another address when it issued the certificate. */
function moved(uri, pack) {
  const number = /\/status\/(?:0|[1-9][0-9]*)$/.exec(uri)?.[0];
  return number && pack.lists.get(pack.address + number);
}

/**
 * What a gate says: `state` is "proven", "signed" or "refused"; `why` says it more closely, and `notes` what is not known.
 * `usedHere(pseudonym)` tells when a one-time certificate left through this gate, or gives nothing.
 */
export async function gate(input, pack, now, usedHere) {
  // A telephone's clock may be behind. The zone signed when it made the pack: it is later than that, whatever the telephone says.
  const judged = await verdict(input, pack, Math.max(now, pack.made));
  const { code, says, sign1 } = judged;
  if (code === "malformed") return { state: "refused", why: notReadable(judged.damage), damage: judged.damage };
  if (code === "unknown-key") return { state: "refused", why: says.zone === pack.zone ? "unknown-key" : "other-zone", zone: says.zone };
  if (code === "bad-signature") return { state: "refused", why: "bad-signature", zone: says.zone };
  const known = { says, name: hex(await pseudonym(says.id)), hash: hex(await sha256(sign1.payload)) };
  // A certificate that is newer than every list of the pack is signed, and no more is known of it.
  const unlisted = code === "status-unknown" && isNewer(says, pack);
  if (code !== "valid" && !unlisted) return { state: "refused", why: code, ...known };
  const used = says.once ? await usedHere(known.name) : null;
  if (used) return { state: "refused", why: "used-here", used, ...known };
  if (says.once && pack.used.has(known.name)) return { state: "refused", why: "used-elsewhere", ...known };
  const why = await proof(sign1, says, pack);
  const refuted = why === "proof-refuted" || why === "proof-of-another";
  const notes = notesOn(says, pack, now, unlisted);
  return { state: refuted ? "refused" : why === "proven" ? "proven" : "signed", why, notes, ...known };
}

function notReadable({ place, fault }) {
  if (fault === "too-long" && place === "text") return "too-long";
  return place === "text" && fault === "wrong-prefix" ? "not-a-certificate" : "damaged";
}

/** The place in the log of the event that issued the certificate: it is where its status stands, and signed. */
function position(says, pack) {
  const number = says.status && /\/status\/(0|[1-9][0-9]*)$/.exec(says.status.uri)?.[1];
  return number && pack.width > 0 ? Number(number) * pack.width + says.status.index : null;
}

const isNewer = (says, pack) => (position(says, pack) ?? -1) >= pack.size;

async function proof(sign1, says, pack) {
  const at = position(says, pack);
  if (sign1.inclusion === null) return at !== null && at < pack.size ? "no-proof" : "newer-than-pack";
  const carried = branch(sign1.inclusion);
  if (carried === null) return "unreadable-proof";
  const right = (at === null || at === carried.index) && (await issued(carried.entry, says));
  if (!right) return "proof-of-another";
  const found = await judgeBranch(pack.rows, carried);
  if (found === "unknown") return carried.index >= pack.size ? "newer-than-pack" : "proof-too-short";
  return found === "proven" ? "proven" : "proof-refuted";
}

/** What cannot be known here, as codes: it is said beside every certificate that is let pass. */
function notesOn(says, pack, now, unlisted) {
  const notes = [];
  if (now >= pack.until) notes.push("pack-old");
  if (now < pack.made) notes.push("clock-behind");
  if (says.status !== null) notes.push(unlisted ? "revocation-unlisted" : "revocation-as-of");
  if (says.once) notes.push("once-elsewhere");
  return notes;
}
