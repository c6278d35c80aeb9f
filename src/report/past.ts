import type { PastLaunch } from "../core/history.ts";
import { reached } from "../core/history.ts";
import { say } from "../core/say.ts";
import { longestFirst, share } from "./chain.ts";
import { code, prose } from "./escape.ts";
import { duration, phaseWord, where } from "./words.ts";

/** What a page of kept launches adds: how a time (ms since 1970) is written, and a sentence about all launches. */
export interface PastOptions {
  readonly time: (at: number) => string;
  readonly shift?: string;
}

/** A launch in few words: "4.2 s · build 3.1 s", or "failed in build after 4.2 s". */
export function pastWords(one: PastLaunch): string {
  const time = duration(one.totalMs);
  const last = one.phases.at(-1)?.name;
  const phase = last && phaseWord(last);
  if (one.outcome === "failed")
    return phase === undefined ? say`failed after ${time}` : say`failed in ${phase} after ${time}`;
  if (one.outcome === "cancelled")
    return phase === undefined ? say`cancelled after ${time}` : say`cancelled in ${phase} after ${time}`;
  const [longest] = longestFirst(placed(one));
  return longest === undefined ? time : `${time} · ${longest.name} ${duration(longest.ms)}`;
}

/** The same in whole words, for a screen reader: configuration, how it went, and where. */
export function pastSentence(one: PastLaunch): string {
  const place = where(one.host);
  const words = pastWords(one);
  return reached(one)
    ? say`${one.name} was launched ${place}: ${words}`
    : say`${one.name} was not launched ${place}: ${words}`;
}

/** The parts of a phase: "compile 2.2 s (121), link 900 ms (1)". */
export function partsWords({ parts }: PastLaunch["phases"][number]): string {
  return parts.map(({ name, ms, count }) => `${name} ${duration(ms)} (${count})`).join(", ");
}

/** The versions that are known: "Go 1.26.3, Delve 1.27.1". */
export function versionWords({ go, dlv }: PastLaunch): string {
  return [...(go === undefined ? [] : [`Go ${go}`]), ...(dlv === undefined ? [] : [`Delve ${dlv}`])].join(
    ", ",
  );
}

/** What is kept of a launch whose window is gone, as Markdown. */
export function pastMarkdown(one: PastLaunch, { time, shift }: PastOptions): string {
  const rows = placed(one).map((phase) => {
    const percent = `${share(phase.ms, one.totalMs)} %`;
    return `| ${phaseWord(phase.name)} | ${duration(phase.ms)} | ${percent} | ${prose(partsWords(phase))} |`;
  });
  const versions = versionWords(one);
  const causes = one.causes.map(({ id, because }) => `- ${prose(because)} (${code(id)})`);
  const sections = [
    [`**${prose(pastSentence(one))}**`, "", prose(`${time(one.at)} · ${one.mode}`)],
    ...(shift === undefined ? [] : [[prose(shift)]]),
    [
      `| ${say`Phase`} | ${say`Time`} | ${say`Share`} | ${say`Parts`} |`,
      "| :--- | ---: | ---: | :--- |",
      ...rows,
      `| **${say`all`}** | ${duration(one.totalMs)} | | |`,
    ],
    ...(causes.length === 0 ? [] : [[`## ${say`What was found`}`, "", ...causes]]),
    ...(versions === "" ? [] : [[`- ${prose(versions)}`]]),
    [say`This is what is kept of the launch. Its whole report went with the window that it was in.`],
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** The phases with where they began: each follows the one before it. */
function placed({ phases }: PastLaunch): (PastLaunch["phases"][number] & { readonly startMs: number })[] {
  let startMs = 0;
  return phases.map((phase) => {
    const one = { ...phase, startMs };
    startMs += phase.ms;
    return one;
  });
}
