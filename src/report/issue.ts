import { recordOf } from "../core/json.ts";
import type { Report } from "./report.ts";

/** How long (characters) the address of a prefilled issue may be: GitHub refuses those of more than 8 kB. */
const longest = 7000;

/** The public trackers that a new issue may belong to. */
export type Tracker = "go-delve/delve" | "golang/vscode-go" | "golang/go";

/** A public thread about a cause. */
export interface Thread {
  /** Such as "go-delve/delve#1741". */
  readonly name: string;
  readonly url: string;
}

/** A new issue as it would be opened in a browser. */
export interface NewIssue {
  readonly title: string;
  readonly body: string;
  readonly url: string;
  /** False where the body holds a part of the report only. */
  readonly isWhole: boolean;
}

/** The threads among a cause's sources, which may also be documents. */
export function threadsOf(sources: readonly string[]): Thread[] {
  return sources.flatMap((source) => {
    const [name, repository, number] = /^([\w.-]+\/[\w.-]+)#(\d+)/.exec(source) ?? [];
    if (name === undefined) return [];
    return [{ name, url: `https://github.com/${repository}/issues/${number}` }];
  });
}

/** Whose fault it is likely to be: of what builds, of what starts dlv, or of dlv itself. */
export function trackerOf({ timeline: { phases, failure }, before }: Report): Tracker {
  const phase = failure?.phase ?? phases.at(-1)?.name;
  if (before?.waits !== undefined || phase === undefined || phase === "start") return "golang/vscode-go";
  return phase === "build" ? "golang/go" : "go-delve/delve";
}

/** The repository that an extension's manifest names on GitHub, as "owner/name"; undefined where it names none. */
export function repositoryOf(manifest: unknown): string | undefined {
  const { repository, bugs } = recordOf(manifest);
  const all = [recordOf(bugs)["url"], bugs, recordOf(repository)["url"], repository];
  return all.flatMap((url) => {
    const found = /github(?:\.com[/:]|:)([\w-]+\/[\w.-]+?)(?:\.git|\/issues)?\/?$/.exec(String(url));
    return found?.[1] ?? [];
  })[0];
}

/**
 * A new issue with a report in it. `text` is the report as it may be shared. An address has little room: the diagram, which says
 * what the table says, and the list of what was ruled out are left out, and the end where it does not fit.
 */
export function newIssue(repository: string, report: Report, text: string): NewIssue {
  const title = titleOf(report);
  const issue = (body: string, isWhole: boolean): NewIssue => {
    const query = `title=${encodeURIComponent(title)}&body=${encodeURIComponent(body)}`;
    return { title, body, url: `https://github.com/${repository}/issues/new?${query}`, isWhole };
  };
  const fits = ({ url }: NewIssue) => url.length <= longest;
  const short = text
    .replace(/\n```mermaid\n[\s\S]*?\n```\n/, "")
    .replace(/\n<details>[\s\S]*?<\/details>\n/, "");
  const whole = issue(`${intro}\n\n${short}`, true);
  if (fits(whole)) return whole;
  const lines = short.split("\n");
  // Halving finds how many lines fit: more lines never make a shorter address.
  let [fit, not] = [0, lines.length + 1];
  while (not - fit > 1) {
    const middle = Math.floor((fit + not) / 2);
    if (fits(issue(partOf(lines.slice(0, middle)), false))) fit = middle;
    else not = middle;
  }
  return issue(partOf(lines.slice(0, fit)), false);
}

const intro =
  "<!-- Please say what you did and what you expected. The report below was made by Delve Doctor; its last line says what it hides. -->";
const outro =
  "(The rest of the report did not fit into the address of this page. The whole report is on the clipboard: please paste it in place of this one.)";

/** The beginning of a report, in which nothing is left open. */
function partOf(lines: readonly string[]): string {
  let fence: string | undefined;
  for (const line of lines) {
    const [ticks] = /^`{3,}/.exec(line.trim()) ?? [];
    if (ticks === undefined) continue;
    if (fence === undefined) fence = ticks;
    else if (line.trim() === fence) fence = undefined;
  }
  return [intro, "", ...lines, ...(fence === undefined ? [] : [fence]), "", outro].join("\n");
}

/** In ids, which name nobody and are the same in every language. */
function titleOf({ outcome, findings: [best], timeline, launch }: Report): string {
  const phase = timeline.failure?.phase ?? timeline.phases.at(-1)?.name;
  const how = outcome === "failed" || outcome === "stalled" ? `${outcome}${phase ? ` in ${phase}` : ""}` : "";
  // What a configuration has for a mode may be anything.
  const mode = /^[a-z]{1,10}$/.test(launch.mode) ? ` (${launch.mode})` : "";
  const what = `Go debug ${launch.request}${mode}${how === "" ? "" : ` ${how}`}`;
  return best === undefined ? what : `${what}: ${best.cause}`;
}
