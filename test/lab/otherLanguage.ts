import { text } from "node:stream/consumers";
import { englishBundle } from "../../scripts/l10n.ts";
import { speak } from "../../src/core/say.ts";

/**
 * Diagnoses launches in a language that nobody speaks: each text in brackets, each small vowel with an accent, what is put in
 * as it is. A process of its own, because what a cause is called is said when its module is loaded. Reads `Diagnosed[]` as
 * JSON from stdin and prints the verdicts of each, in the same order.
 */
const accents: Readonly<Record<string, string>> = { a: "á", e: "é", i: "í", o: "ó", u: "ú" };
const foreign = (english: string) =>
  `⟦${english.replaceAll(/[aeiou]/g, (letter) => accents[letter] ?? letter)}⟧`;

speak(Object.fromEntries(Object.keys(englishBundle()).map((english) => [english, foreign(english)])));

const [{ causes }, { planned }, { noTimeline }, { examine }, { localHost }] = await Promise.all([
  import("../../src/causes/index.ts"),
  import("../../src/core/launch.ts"),
  import("../../src/core/timeline.ts"),
  import("../../src/examine/examine.ts"),
  import("../../src/hosts/local.ts"),
]);

/** A launch that is looked at before it happens. */
export interface Diagnosed {
  readonly folder: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const launches: readonly Diagnosed[] = JSON.parse(await text(process.stdin));
const verdicts = launches.map(({ folder, config }) =>
  examine(localHost, { ...planned(config, folder), timeline: noTimeline }, causes),
);
console.log(JSON.stringify(await Promise.all(verdicts)));
