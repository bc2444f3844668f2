// Where the pack comes from: the device, the zone, or a file. Each is checked before it is kept, and an older one never takes a newer one's place.
// Knows nothing of the page.

import { get, set } from "./keep.js";
import { openPack, PACK_BYTES_MAX } from "./pack.js";
import { Damage } from "./damage.js";

/** The pack that is kept; null where there is none. */
export async function kept(config) {
  const bytes = await get("pack");
  if (!bytes) return null;
  try {
    return await openPack(bytes, config.zone, config.key);
  } catch (error) {
    if (error instanceof Damage) return null;
    throw error;
  }
}

/** Keeps a pack if it is one of this zone's and not older than the one that is kept: { state, pack?, why?, names? }. */
export async function take(bytes, config, former) {
  let pack;
  try {
    if (bytes.length > PACK_BYTES_MAX) throw new Damage("message", "too-long");
    pack = await openPack(bytes, config.zone, config.key);
  } catch (error) {
    if (error instanceof Damage && error.fault === "no-quorum") return { state: "no-quorum", names: error.names };
    if (error instanceof Damage) return { state: "refused", why: error.message };
    throw error;
  }
  // Whoever holds the zone's keys alone could otherwise leave the witnesses out.
  if (former && former.policy !== "" && pack.policy === "") return { state: "no-policy", pack };
  if (former && (pack.made < former.made || pack.size < former.size)) return { state: "older", pack };
  await set("pack", bytes);
  return { state: "taken", pack };
}

/** Asks the zone for its newest. */
export async function fetched(config, former) {
  let bytes;
  try {
    const response = await fetch("/gate/pack");
    if (!response.ok) return { state: "away" };
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch {
    return { state: "away" };
  }
  return take(bytes, config, former);
}
