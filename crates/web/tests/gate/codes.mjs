// Reads QR codes that other people's encoders made: [{ name, text, rows }] on the standard input; what was not read on the standard output.
import { decode } from "../../assets/gate/qr/find.js";
import { read } from "../../assets/gate/qr/read.js";
import { chance, picture } from "./picture.mjs";

const LOOKS = {
  plain: {},
  small: { scale: 3 },
  turned: { turn: 0.3 },
  "upside down": { turn: 3.3 },
  aslant: { slant: 0.12, turn: 0.1, scale: 6 },
  noisy: { noise: 60 },
  "in a deep shadow": { shadow: 0.75 },
  blurred: { blur: 1, scale: 5 },
  "all at once": { slant: 0.1, turn: -0.35, noise: 30, blur: 1, scale: 6 },
};

let input = "";
for await (const part of process.stdin) input += part;
const codes = JSON.parse(input);
const missed = [];
let count = 0;
const says = (name, text, expected) => {
  count++;
  if (text !== expected) missed.push(name);
};
for (const { name, text, rows, photographed } of codes) {
  const grid = rows.map((row) => Uint8Array.from(row, Number));
  says(name, read(grid), text);
  // As many modules wrong as a code of the lowest level must bear: 3 in a hundred codewords.
  const next = chance(3);
  for (let n = 0; n < Math.floor(rows.length * rows.length * 0.003); n++) grid[Math.floor(next() * rows.length)][Math.floor(next() * rows.length)] ^= 1;
  says(`${name}, dirty`, read(grid), text);
  if (!photographed) continue;
  for (const [look, how] of Object.entries(LOOKS)) says(`${name}, ${look}`, decode(picture(rows, how)), text);
}
// A picture without a code has none, and noise is not read as one.
const white = picture(["0".repeat(60)], { noise: 200 });
says("noise alone", decode(white), null);
process.stdout.write(JSON.stringify({ count, missed }));
