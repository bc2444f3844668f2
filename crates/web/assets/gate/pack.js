// A verification pack: reading it, and checking all that holds it together. The format stands in the crate `credential`, `pack.rs`.
// Knows nothing of where packs come from.

import { asBytes, asMap, asNumber, asText, asTime, need } from "./certificate.js";
import { equal, hex } from "./bytes.js";
import { isSignedBy, read } from "./cose.js";
import { Damage } from "./damage.js";
import { checkpoint, isCosignedBy, isSignedByLog } from "./note.js";
import { readPolicy } from "./policy.js";
import { unpacked } from "./status.js";
import { Rows } from "./tree.js";

const TYP = "application/panjereh-pack+cbor";
export const PACK_BYTES_MAX = 16 * 1024 * 1024;
const [ISS, SUB, EXP, IAT, PRIVATE] = [1, 2, 4, 6, -65538];

/** How far a witness's clock may be ahead of the pack's making, in seconds: as far as the zone lets it be. */
const COSIGNED_AHEAD = 600;

/**
 * Reads a pack and checks it: signed by this zone with this key, the log's checkpoint signed by the log, cosigned by the quorum of its witnesses where
 * the pack names any, and the rows leading to its root.
 */
export async function openPack(bytes, zone, zoneKey) {
  const sign1 = read(bytes, PACK_BYTES_MAX, TYP);
  if (sign1.inclusion !== null) throw new Damage("header", "unexpected");
  const claims = asMap(sign1.claims);
  if (asText(need(claims, ISS)) !== zone) throw new Damage("pack", "other-zone");
  if (!(await isSignedBy(sign1, zoneKey))) throw new Damage("pack", "bad-signature");
  const pack = fields(claims);
  await checkTree(pack);
  return pack;
}

function fields(claims) {
  const rest = asMap(need(claims, PRIVATE));
  const made = asTime(need(claims, IAT));
  return {
    zone: claims.get(ISS),
    address: asText(need(claims, SUB)),
    made,
    until: asNumber(need(claims, EXP), made + 1, Number.MAX_SAFE_INTEGER),
    names: Object.fromEntries([...asMap(need(rest, 1))].map(([language, name]) => [asText(language), asText(name)])),
    keys: new Map(list(rest, 2).map((pair) => [hex(asBytes(pair[0])), asBytes(pair[1])])),
    logKey: asText(need(rest, 3)),
    note: bytes(need(rest, 4)),
    rows: new Rows(list(rest, 5).map(row)),
    lists: new Map(list(rest, 6).map(([uri, bits, packed]) => [asText(uri), statusList(bits, packed)])),
    width: asNumber(need(rest, 7), 0, Number.MAX_SAFE_INTEGER),
    policy: text(need(rest, 8)),
    used: new Set(list(rest, 9).map((id) => hex(asBytes(id)))),
  };
}

function list(map, key) {
  const value = need(map, key);
  if (!Array.isArray(value)) throw new Damage("pack", "wrong-kind");
  return value;
}

function bytes(value) {
  if (!(value instanceof Uint8Array)) throw new Damage("pack", "wrong-kind");
  return value;
}

function text(value) {
  if (typeof value !== "string") throw new Damage("pack", "wrong-kind");
  return value;
}

function row([height, first, hashes]) {
  const fits = asBytes(hashes).length % 32 === 0;
  if (!fits) throw new Damage("rows", "out-of-range");
  return { height: asNumber(height, 0, 52), first: asNumber(first, 0, Number.MAX_SAFE_INTEGER), hashes };
}

function statusList(bits, packed) {
  if (bits !== 1 && bits !== 2) throw new Damage("lists", "out-of-range");
  return { bits, bytes: unpacked(asBytes(packed)) };
}

async function checkTree(pack) {
  pack.size = 0;
  pack.witnesses = [];
  if (pack.note.length === 0) return;
  const signed = checkpoint(pack.note);
  if (!(await isSignedByLog(signed, pack.logKey))) throw new Damage("checkpoint", "bad-signature");
  const root = await pack.rows.root(signed.size);
  if (root === null || !equal(root, signed.root) || !(await pack.rows.agree())) throw new Damage("rows", "refuted");
  if (pack.policy !== "") await checkWitnesses(pack, signed);
  pack.size = signed.size;
}

/** What the zone says of its log, and no witness of its policy's quorum, may be said to this gate alone. */
async function checkWitnesses(pack, signed) {
  const policy = readPolicy(pack.policy);
  const has = await Promise.all(policy.witnesses.map(({ key }) => isCosignedBy(signed, key, pack.made + COSIGNED_AHEAD)));
  pack.witnesses = policy.witnesses.map(({ name }) => name).filter((_, at) => has[at]);
  if (policy.isMet(new Set(pack.witnesses))) return;
  const damage = new Damage("checkpoint", "no-quorum");
  damage.names = pack.witnesses;
  throw damage;
}
