// What the gate's modules say of packs: { key, zone, packs } on the standard input, hexadecimal for bytes; for each pack the witnesses that cosigned its
// log, or what is wrong with it, on the standard output.
import { Damage } from "../../assets/gate/damage.js";
import { openPack } from "../../assets/gate/pack.js";

const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

let input = "";
for await (const part of process.stdin) input += part;
const { key, zone, packs } = JSON.parse(input);
const said = [];
for (const pack of packs) {
  try {
    said.push({ witnesses: (await openPack(bytes(pack), zone, bytes(key))).witnesses });
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    said.push({ wrong: error.message });
  }
}
process.stdout.write(JSON.stringify(said));
