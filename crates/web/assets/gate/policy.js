// Who must have cosigned a checkpoint before it is believed (C2SP tlog-policy), as strict as the crate `log` reads it.
// Knows nothing of signatures, nor of where a policy comes from.

import { Damage } from "./damage.js";

const POLICY_CHARS_MAX = 262144;
/** The most witnesses, and the most groups. */
const ENTRIES_MAX = 64;
const wrong = () => new Damage("policy", "malformed");

/** A policy: its witnesses as { name, key }, and whether a quorum stands when these have cosigned (a set of names). */
export function readPolicy(text) {
  if (text.length > POLICY_CHARS_MAX || !text.endsWith("\n") || /[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) throw wrong();
  const known = new Map(); // name: null for a witness, else { threshold, members }
  const [witnesses, members] = [[], new Set()];
  let quorum;
  for (const line of text.slice(0, -1).split("\n")) {
    const [word, ...rest] = line.split(/[ \t]+/).filter((part) => part !== "");
    if (word === undefined || word.startsWith("#")) continue;
    if (word === "log" && (rest.length === 1 || rest.length === 2)) continue;
    if (word === "witness" && (rest.length === 2 || rest.length === 3)) {
      define(known, rest[0], null);
      witnesses.push({ name: rest[0], key: rest[1] });
    } else if (word === "group" && rest.length >= 3) {
      define(known, rest[0], group(known, members, rest.slice(1)));
    } else if (word === "quorum" && rest.length === 1 && quorum === undefined) {
      quorum = rest[0];
      if (quorum !== "none" && !known.has(quorum)) throw wrong();
    } else {
      throw wrong();
    }
  }
  if (quorum === undefined || witnesses.length > ENTRIES_MAX || known.size > 2 * ENTRIES_MAX) throw wrong();
  return { witnesses, isMet: (cosigned) => quorum === "none" || stands(known, quorum, cosigned) };
}

function define(known, name, what) {
  if (name === "none" || known.has(name)) throw wrong();
  known.set(name, what);
}

/** Its members stand above it, each in one group at most, so that no group leads back to itself. */
function group(known, members, [count, ...own]) {
  for (const name of own) {
    if (!known.has(name) || members.has(name)) throw wrong();
    members.add(name);
  }
  const threshold = count === "all" ? own.length : count === "any" ? 1 : /^[1-9][0-9]{0,3}$/.test(count) ? Number(count) : 0;
  if (threshold < 1 || threshold > own.length) throw wrong();
  return { threshold, members: own };
}

function stands(known, name, cosigned) {
  const own = known.get(name);
  if (own === null) return cosigned.has(name);
  return own.members.filter((member) => stands(known, member, cosigned)).length >= own.threshold;
}
