// The gate's page: what its parts do when they are used. All judging, keeping and speaking is in the other modules.

import { Camera, readFile } from "./camera.js";
import { canVerify } from "./cose.js";
import { gate } from "./judge.js";
import { get, passages, set, usedAt } from "./keep.js";
import { fetched, kept, take } from "./packs.js";
import { handIn, isWaiting, pass } from "./passages.js";
import { element, show, signal } from "./result.js";
import { Say, spoken } from "./say.js";
import { mass, massDiffers } from "./scale.js";
import { PREFIX, TEXT_CHARS_MAX } from "./text.js";

/** How often to hand in what waits and to fetch a pack, while the page is open. */
const ROUND_MS = 60 * 1000;
/** Passages shown on the page. */
const SHOWN = 20;
/** Larger than any certificate's file. */
const FILE_BYTES_MAX = 1024 * 1024;

const at = (id) => document.getElementById(id);
const config = JSON.parse(at("gate").dataset.config);
config.key = Uint8Array.from(config.key.match(/../g), (pair) => parseInt(pair, 16));
const say = new Say(config);
const now = () => Math.floor(Date.now() / 1000);
let pack = null;
let lastSeen = null;

function showPack() {
  const state = pack === null ? "none" : now() < pack.made ? "clock" : now() >= pack.until ? "old" : "good";
  const witnessed = pack?.witnesses.length ? ` ${say.word("pack-witnessed", { why: names(pack.witnesses) })}` : "";
  at("pack-state").textContent = say.word(`pack-${state}`, { time: pack ? say.moment(pack.made) : "" }) + witnessed;
  at("pack-state").dataset.state = state;
}

/** What witnesses are called, whoever wrote that, or a word for none. */
const names = (all) => (all.length === 0 ? say.word("nobody") : all.map(spoken).join(config.language === "fa" ? "، " : ", "));

function trouble(text) {
  at("trouble").textContent = text;
  at("trouble").hidden = text === "";
}

/** Judges a text or a message, and shows what comes of it. */
async function judge(input) {
  trouble("");
  if (pack === null) return trouble(say.word("pack-none"));
  const judged = await gate(input, pack, now(), usedAt);
  show(at("result"), say, judged, pack, judged.state === "refused" ? [] : [...scale(judged), ...["in", "out"].map((direction) => button(judged, direction))]);
  if (await get("loud")) signal(judged.state);
}

/** Where the guard types what the scale shows, if there is one; where it differs from what was released, that is said at once. */
function scale(judged) {
  const field = (id) => {
    const label = element("label", say.word(id));
    label.append(element("input", undefined, { id, inputmode: "numeric", autocomplete: "off", dir: "ltr", maxlength: "12" }));
    return label;
  };
  const told = element("strong", "", { id: "differs", role: "status" });
  const fields = [field("mass"), field("tare")];
  for (const each of fields) each.addEventListener("input", () => (told.textContent = differs(judged, ...weighed())));
  return [...fields, told];
}

/** What was typed: load and vehicle, and the vehicle alone. */
const weighed = () => ["mass", "tare"].map((id) => mass(at(id)?.value ?? ""));

/** How what was weighed differs from what was released, in words; nothing where it does not. */
function differs({ says }, gross, tare) {
  if (gross === undefined || tare === undefined) return "";
  const found = massDiffers(say.gross(says), gross, tare, config.tolerance);
  return found ? say.word(`mass-${found.way}`, { count: say.count(found.kilograms) }) : "";
}

function button(judged, direction) {
  const made = element("button", say.word(`pass-${direction}`), { type: "button", "data-direction": direction });
  made.addEventListener("click", () => note(judged, direction));
  return made;
}

async function note(judged, direction) {
  const [gross, tare] = weighed();
  if (gross === undefined || tare === undefined) {
    trouble(say.word("mass-wrong"));
    return at(gross === undefined ? "mass" : "tare").focus();
  }
  if (tare !== null && (gross === null || tare >= gross)) {
    trouble(say.word("tare-wrong"));
    return at("tare").focus();
  }
  trouble("");
  const passage = await pass(judged, direction, Date.now(), gross, tare);
  const time = say.moment(now());
  const other = direction === "out" ? differs(judged, gross, tare) : "";
  const text = passage ? `${say.word("passed", { why: say.word(direction), time })} ${other}`.trim() : say.word("passed-before");
  at("result").querySelector(".row")?.replaceWith(element("p", text, { class: "noted", role: "status" }));
  await showPassages();
  await sync();
}

async function showPassages() {
  const all = await passages();
  const waiting = all.filter(isWaiting).length;
  at("waiting").textContent = waiting === 0 ? say.word("waiting-none") : say.word("waiting", { count: say.count(waiting) });
  at("waiting").dataset.count = waiting;
  at("passages").replaceChildren(...all.slice(0, SHOWN).map(line));
}

function line(passage) {
  const state = isWaiting(passage) ? "not-handed-in" : passage.outcome === "differs" ? "differs" : "handed-in";
  const item = element("li");
  const reference = element("bdi", spoken(passage.reference), { dir: "ltr" });
  item.append(`${say.word(passage.direction)}: `, reference, ` – ${say.moment(Date.parse(passage.at) / 1000)} – ${say.word(state)}`);
  if (passage.gross_mass_kg !== undefined) item.append(` – ${say.word("kg", { count: say.count(passage.gross_mass_kg) })}`);
  return item;
}

function showDoubles(doubles) {
  at("doubles").replaceChildren(...doubles.map((double) => {
    const panel = element("div", undefined, { class: "panel bad", role: "alert" });
    const list = element("ul");
    for (const { gate: other, at: time } of double.passages) {
      list.append(element("li", say.word("double-detail", { gate: spoken(other), time: say.moment(Date.parse(time) / 1000) })));
    }
    panel.append(element("p", say.word("double")), list);
    return panel;
  }));
}

/** Passages that the zone keeps and does not count: the certificate did not hold when it was used. */
function showDoubted(doubted) {
  if (doubted.length === 0) return at("doubted").replaceChildren();
  const panel = element("div", undefined, { class: "panel bad", role: "alert" });
  const list = element("ul");
  for (const { at: time, doubt } of doubted) {
    list.append(element("li", say.word("doubted-detail", { time: say.moment(Date.parse(time) / 1000), why: say.word(`doubt-${doubt}`) })));
  }
  panel.append(element("p", say.word("doubted")), list);
  at("doubted").replaceChildren(panel);
}

/** Hands in what waits. `told` says what came of it also where nobody asked. */
async function sync(told = false) {
  const { state, why, doubles, doubted } = await handIn();
  if (doubles) showDoubles(doubles);
  if (doubted) showDoubted(doubted);
  if (told || state === "refused") trouble(state === "done" ? "" : say.word(`sync-${state}`, { why: say.count(why ?? 0) }));
  await showPassages();
  if (told && state === "done") at("waiting").textContent += ` ${say.word("sync-done")}`;
}

async function takePack(taking, told) {
  const { state, pack: next, why, names: cosigned } = await taking;
  if (state === "taken") pack = next;
  showPack();
  const time = next ? say.moment(next.made) : "";
  const reason = cosigned ? names(cosigned) : why ?? "";
  const isRefused = ["refused", "no-quorum", "no-policy"].includes(state);
  if (told || isRefused) trouble(state === "taken" ? "" : say.word(`pack-${state}`, { time, why: reason }));
  if (told && state === "taken") at("pack-state").textContent = say.word("pack-taken", { time });
}

/** A file is a photo of a code, a code's text, or a certificate's message. */
async function judgeFile(file) {
  if (file.type.startsWith("image/")) {
    const text = await readFile(file);
    return text === null ? trouble(say.word("no-code")) : judge(text);
  }
  const bytes = new Uint8Array(await file.slice(0, FILE_BYTES_MAX).arrayBuffer());
  const start = new TextDecoder().decode(bytes.subarray(0, PREFIX.length));
  return judge(start === PREFIX ? new TextDecoder().decode(bytes).replace(/\r?\n$/, "") : bytes);
}

/** The camera sees one code many times; it is judged once, until another comes or the camera is started again. */
function seen(text) {
  if (text === lastSeen) return;
  lastSeen = text;
  judge(text.slice(0, TEXT_CHARS_MAX + 1));
}

function useCamera() {
  const camera = new Camera(at("view"), seen);
  at("camera").addEventListener("click", async () => {
    lastSeen = null;
    trouble("");
    try {
      if (camera.runs) camera.stop();
      else await camera.start();
    } catch {
      camera.stop();
      trouble(say.word("camera-none"));
    }
    at("camera").textContent = say.word(camera.runs ? "camera-off" : "camera-on");
  });
}

function useForms() {
  const on = (id, kind, run) => at(id).addEventListener(kind, (event) => {
    event.preventDefault();
    run(event.target);
  });
  on("typed", "submit", () => {
    const text = at("text").value.trim();
    at("text").value = "";
    judge(text.slice(0, TEXT_CHARS_MAX + 1));
  });
  // A hand-held scanner types the code and presses Enter.
  at("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      at("typed").requestSubmit();
    }
  });
  // After an answer, which has the focus, the next code is typed into the field again.
  addEventListener("keydown", (event) => {
    const free = [document.body, at("result"), at("main")].includes(document.activeElement);
    if (free && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey) at("text").focus();
  });
  on("file", "change", (field) => field.files[0] && judgeFile(field.files[0]).then(() => (field.value = "")));
  on("sync", "click", () => sync(true));
  on("fetch", "click", () => takePack(fetched(config, pack), true));
  on("pack", "change", async (field) => {
    const bytes = new Uint8Array(await field.files[0].arrayBuffer());
    await takePack(take(bytes, config, pack), true);
    field.value = "";
  });
  on("settings", "submit", saveSettings);
}

async function saveSettings() {
  if (at("token").value !== "") await set("token", at("token").value.trim());
  await set("loud", at("loud").checked);
  at("token").value = "";
  at("saved").textContent = say.word("saved");
  await sync();
}

async function round() {
  await takePack(fetched(config, pack), false);
  await sync();
}

async function start() {
  at("gate").hidden = false;
  if (!isSecureContext) return trouble(say.word("not-secure"));
  // Each language's page stands in a scope of its own; both are kept by one worker.
  for (const language of ["fa", "en"]) navigator.serviceWorker?.register("/gate/worker.js", { scope: `/${language}/gate` }).catch(() => {});
  if (!(await canVerify())) return trouble(say.word("no-ed25519"));
  try {
    pack = await kept(config);
  } catch {
    return trouble(say.word("no-storage"));
  }
  at("loud").checked = (await get("loud")) === true;
  showPack();
  await showPassages();
  useCamera();
  useForms();
  document.documentElement.dataset.gate = "ready";
  // A browser may throw away what a page keeps, unless it was asked not to.
  navigator.storage?.persist?.();
  addEventListener("online", round);
  setInterval(round, ROUND_MS);
  await round();
}

start();
