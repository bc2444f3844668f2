// Decides cells of decision tables by `feelin`, somebody else's FEEL: node feel.mjs FEELIN, then one question a line on the standard input.
// A question is {"cell": text, "date": text} or {"cell": text, "value": any}; the answer is true, false, or why it is no cell.
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const { evaluate, unaryTest } = await import(pathToFileURL(process.argv[2]));

for await (const line of createInterface({ input: process.stdin })) {
  const { cell, date, value } = JSON.parse(line);
  const input = date === undefined ? value : evaluate(`@"${date}"`).value;
  let answer;
  try {
    const found = unaryTest(cell, { '?': input });
    answer = found.warnings.length ? found.warnings : found.value;
  } catch (error) {
    answer = String(error);
  }
  console.log(JSON.stringify(answer));
}
