import { writeFileSync } from "node:fs";
import { fits, pairs, runPair, wrong } from "../test/lab/matrix.ts";
import type { TextFault } from "../test/lab/textFaults.ts";
import { matrixPage, nameOf, type Run } from "./matrix/page.ts";
import { say, step } from "./setup/run.ts";

/**
 * Runs the list of instant faults with every pair of Delve and Go, and writes docs/delve-texts.md: which text of the table
 * was seen in which release, which is only read in source, and the phases of the launches. Ends with status 1 where the
 * table does not know a text or takes it for another; the page is written all the same. It takes about a quarter of an hour,
 * and another half where no Go and no dlv is set up yet.
 *
 *   npm run matrix
 */
const runs: Run[] = [];
const mistakes: string[] = [];
for (const pair of pairs) {
  const chosen = (fault: TextFault) => fits(pair) || fault.rows.length === 0;
  const seen = await step(nameOf(pair), () => runPair(pair, chosen));
  runs.push({ pair, seen });
  for (const words of seen.flatMap((one) => wrong(one) ?? [])) {
    say(words);
    mistakes.push(`${nameOf(pair)}: ${words}`);
  }
}
writeFileSync("docs/delve-texts.md", matrixPage(runs, mistakes, new Date().toISOString().slice(0, 10)));
process.exit(mistakes.length > 0 ? 1 : 0);
