// What the gate's modules say of certificates: { pack, key, zone, now, inputs } on the standard input, hexadecimal for bytes; for each input the
// verdict's code and the gate's state on the standard output.
import { gate, verdict } from "../../assets/gate/judge.js";
import { openPack } from "../../assets/gate/pack.js";

const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

let input = "";
for await (const part of process.stdin) input += part;
const { pack, key, zone, now, inputs } = JSON.parse(input);
const opened = await openPack(bytes(pack), zone, bytes(key));
const said = [];
for (const { text, message } of inputs) {
  const given = text ?? bytes(message);
  const { code } = await verdict(given, opened, now);
  const { state, why, notes } = await gate(given, opened, now, async () => undefined);
  said.push({ code, state, why, notes });
}
process.stdout.write(JSON.stringify(said));
