// Noting passages and handing them in. A passage waits on the device until the zone has said what became of it; it may be sent as often as one
// likes, as the zone knows it by its id. Knows nothing of the page.

import { hex } from "./bytes.js";
import { forget, get, note, passages, settle } from "./keep.js";

/** As many as the zone takes at once. */
const BATCH = 100;
/** How long passages that were handed in are still shown. */
const SHOWN_MS = 30 * 24 * 3600 * 1000;

/** Notes that the bearer of a certificate went through; null where a one-time pass has left here before. */
export async function pass(judged, direction, now, grossMassKg = null, tareMassKg = null) {
  const passage = {
    id: hex(crypto.getRandomValues(new Uint8Array(16))),
    at: new Date(now).toISOString(),
    certificate: hex(judged.says.id),
    hash: judged.hash,
    direction,
    seen: judged.state,
    reference: judged.says.case,
  };
  if (grossMassKg !== null) passage.gross_mass_kg = grossMassKg;
  if (tareMassKg !== null) passage.tare_mass_kg = tareMassKg;
  const once = judged.says.once && direction === "out" ? judged.name : null;
  return (await note(passage, once)) ? passage : null;
}

export const isWaiting = (passage) => passage.outcome === undefined;

/**
 * Hands in what waits: "done", "away" where the zone cannot be reached, "token" where it does not know the gate, or "refused" with a status.
 * What was not taken stays and waits.
 */
export async function handIn() {
  const token = await get("token");
  for (;;) {
    const waiting = (await passages()).filter(isWaiting).reverse().slice(0, BATCH);
    // Without anything to hand in one still asks, to be told of double passages and of those that do not count.
    const answer = await send(token, waiting);
    if (answer.state !== "done") return answer;
    await settle(answer.body.taken);
    if (waiting.length < BATCH) {
      await forget(new Date(Date.now() - SHOWN_MS).toISOString());
      return { state: "done", doubles: answer.body.doubles, doubted: answer.body.doubted };
    }
  }
}

async function send(token, waiting) {
  if (!token) return { state: "token" };
  const said = ({ id, at, certificate, hash, direction, seen, gross_mass_kg, tare_mass_kg }) => ({ id, at, certificate, hash, direction, seen, gross_mass_kg, tare_mass_kg });
  try {
    const response = await fetch("/api/v1/passages", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}`, "accept-language": document.documentElement.lang },
      body: JSON.stringify({ passages: waiting.map(said) }),
    });
    if (response.status === 401 || response.status === 403) return { state: "token" };
    if (response.status >= 500 || response.status === 429) return { state: "away" };
    if (!response.ok) return { state: "refused", why: response.status };
    return { state: "done", body: await response.json() };
  } catch {
    return { state: "away" };
  }
}
