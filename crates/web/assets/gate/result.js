// What the gate says of a certificate, on the page: by colour, by shape and in words, and if wanted by sound and vibration.
// Knows nothing of how it was judged.

import { spoken } from "./say.js";

/** One shape for each state, told apart without colour: a tick in a circle, a clock, a cross in an octagon. */
const SHAPES = {
  proven: "M50 6a44 44 0 1 0 .1 0zM28 52l16 16 30-34",
  signed: "M50 8L92 84H8zM50 34v24M50 68v4",
  refused: "M32 6h36l26 26v36L68 94H32L6 68V32zM34 34l32 32M66 34L34 66",
};
const SVG = "http://www.w3.org/2000/svg";
/** Milliseconds of vibration and rest; and Hz of a tone. */
const SIGNALS = { proven: [[120], 880], signed: [[120, 80, 120], 587], refused: [[500], 196] };

export function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Shows the answer in `place`; `actions` are buttons to put beneath it. */
export function show(place, say, judged, pack, actions) {
  place.className = `verdict ${judged.state}`;
  place.dataset.why = judged.why;
  const says = element("div", undefined, { class: "says" });
  says.append(shape(judged.state), element("h2", say.word(`state-${judged.state}`)));
  place.replaceChildren(says, element("p", why(say, judged)));
  // What is not known comes before what the certificate says: the guard decides by it.
  if (judged.notes?.length > 0) place.append(notes(say, judged.notes, pack));
  if (judged.says) place.append(element("h3", say.title(judged.says)), details(say, judged.says));
  if (actions.length > 0) {
    const row = element("p", undefined, { class: "row" });
    row.append(...actions);
    place.append(row);
  }
  place.hidden = false;
  place.focus();
}

function shape(state) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 100 100");
  svg.setAttribute("class", "shape");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[state]);
  svg.append(path);
  return svg;
}

function why(say, { why: key, says, zone, damage, used }) {
  const time = { expired: says?.until, "not-yet-valid": says?.from, "used-here": used && Date.parse(used) / 1000 }[key];
  return say.word(`why-${key}`, {
    time: time ? say.moment(time) : "",
    zone: spoken(zone ?? ""),
    why: damage ? `${damage.place} / ${damage.fault}` : "",
  });
}

function details(say, says) {
  const list = element("dl", undefined, { class: "summary" });
  const line = (name, value) => {
    const dd = element("dd");
    dd.append(element("bdi", value));
    const dt = element("dt");
    dt.append(element("bdi", name));
    list.append(dt, dd);
  };
  // What is to be looked at stands first.
  for (const [name, value] of say.load(says)) line(name, value);
  line(say.word("holder"), say.holder(says));
  for (const [name, value] of say.facts(says)) line(name, value);
  line(say.word("reference"), spoken(says.case));
  line(say.word("from"), say.moment(says.from));
  if (says.until !== null) line(say.word("until"), say.moment(says.until));
  if (says.once) line(say.word("once"), say.word("once-yes"));
  return list;
}

function notes(say, codes, pack) {
  const list = element("ul", undefined, { class: "notes" });
  for (const code of codes) list.append(element("li", say.word(`note-${code}`, { time: say.moment(pack.made) })));
  return list;
}

/** Says it by vibration and by a tone; what the device cannot do, it leaves. */
export function signal(state) {
  const [pulses, pitch] = SIGNALS[state];
  navigator.vibrate?.(pulses);
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  tone.frequency.value = pitch;
  tone.connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.25);
  tone.onended = () => audio.close();
}
