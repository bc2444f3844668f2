// A certificate: what it says, read from its COSE message. Knows nothing of whether it holds.

import { read } from "./cose.js";
import { Damage } from "./damage.js";
import { MESSAGE_BYTES_MAX } from "./text.js";

const TIME_S_MAX = 253402300799;
const [ISS, SUB, EXP, NBF, IAT, CTI, STATUS, PRIVATE] = [1, 2, 4, 5, 6, 7, 65535, -65537];
const [KIND, SERVICE, CASE, DEFINITION, FACTS, USES] = [1, 2, 3, 4, 5, 6];

const wrong = (fault) => new Damage("claim", fault);

/** A field that must be there. */
export function need(map, key) {
  if (!map.has(key)) throw wrong("missing");
  return map.get(key);
}

export function asText(value) {
  if (typeof value !== "string" || value === "") throw wrong("wrong-kind");
  return value;
}

export function asBytes(value) {
  if (!(value instanceof Uint8Array) || value.length === 0) throw wrong("wrong-kind");
  return value;
}

export function asMap(value) {
  if (!(value instanceof Map)) throw wrong("wrong-kind");
  return value;
}

export function asNumber(value, least, most) {
  if (typeof value === "bigint") throw wrong("out-of-range");
  if (typeof value !== "number") throw wrong("wrong-kind");
  if (value < least || value > most) throw wrong("out-of-range");
  return value;
}

export const asTime = (value) => asNumber(value, 0, TIME_S_MAX);
const optional = (map, key, as) => (map.has(key) ? as(map.get(key)) : null);

/** Reads the message of a certificate. */
export function certificate(message) {
  const sign1 = read(message, MESSAGE_BYTES_MAX, null);
  const claims = asMap(sign1.claims);
  const own = asMap(need(claims, PRIVATE));
  const says = {
    zone: asText(need(claims, ISS)),
    holder: optional(claims, SUB, asText),
    issued: asTime(need(claims, IAT)),
    from: asTime(need(claims, NBF)),
    until: optional(claims, EXP, asTime),
    id: asBytes(need(claims, CTI)),
    kind: asText(need(own, KIND)),
    service: asText(need(own, SERVICE)),
    case: asText(need(own, CASE)),
    definition: asBytes(need(own, DEFINITION)),
    facts: facts(need(own, FACTS)),
    once: optional(own, USES, (uses) => asNumber(uses, 1, 1)) !== null,
    status: optional(claims, STATUS, status),
  };
  if (says.until !== null && says.until <= says.from) throw wrong("out-of-range");
  return { sign1, says };
}

function facts(value) {
  const all = [...asMap(value)];
  const fits = ([name, text]) => typeof name === "string" && typeof text === "string";
  if (!all.every(fits)) throw wrong("wrong-kind");
  return all;
}

function status(value) {
  const list = asMap(need(asMap(value), "status_list"));
  const index = need(list, "idx");
  if (typeof index === "bigint" && index >= 0n) return { uri: asText(need(list, "uri")), index: Infinity };
  return { uri: asText(need(list, "uri")), index: asNumber(index, 0, Number.MAX_SAFE_INTEGER) };
}
