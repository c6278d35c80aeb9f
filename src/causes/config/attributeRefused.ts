import { cause } from "../../core/cause.ts";
import type { Action, Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { programDirectory } from "../../probes/programDirectory.ts";
import { texts } from "../texts/index.ts";
import type { Row } from "../texts/row.ts";
import type { Refusal } from "./refusal.ts";
import { refusals } from "./refusals.ts";
import { unplanned } from "./unplanned.ts";

const id = "attribute-refused";

/** Said of a launch that goes on. */
const warnings = texts.filter((row) => row.id === "A5" || row.id === "C17");

/** What was said, what that says about the configuration, and what to write instead. */
interface Refused {
  readonly line: string;
  readonly refusal: Refusal;
  readonly write: string;
}

/** Delve, or go under it, refused an attribute of the configuration and said so. */
export const attributeRefused = cause({
  id,
  title: say`Delve refused an attribute of the configuration`,
  about: {
    what: "Delve checks a configuration when the launch or attach request reaches it, and the kernel and go check the rest: a mode that there is not, a process id in quotes, a pair of paths that lacks one, a directory that does not exist. Each such text belongs to one attribute; the configuration is compared with what the text says, and the finding names the attribute and what to write. This id is this project's own.",
    notThis:
      "The same words come where the configuration is right for another dlv: a list of `buildFlags` needs Delve 1.21.1, `waitFor` 1.22.1. What has a cause of its own (flags that dlv does not know, a server of the other kind, a process that has ended) is left to it.",
    sources: [
      "https://github.com/go-delve/delve/blob/v1.27.1/service/dap/server.go",
      "https://github.com/go-delve/delve/blob/v1.27.1/service/dap/types.go",
      "https://github.com/golang/vscode-go/blob/master/extension/package.json",
    ],
    seen: "real",
  },
  needs: { directory: programDirectory },
  when: (launch) => refused(launch) !== undefined,
  find({ directory }, launch) {
    const found = refused(launch);
    if (found === undefined) return undefined;
    const { line, write, refusal } = found;
    // Only the Go extension makes a mode of "auto": where it is not there, extension-not-activated says so.
    if (launch.config["mode"] === "auto" && (launch.editor?.go.state ?? "active") !== "active")
      return undefined;
    // execve(2) says the same of the program's own interpreter: only a directory that is looked at tells them apart.
    if (refusal.attribute === "cwd" && (directory === undefined || directory === "directory"))
      return undefined;
    const { failure } = launch.timeline;
    return {
      certainty: refusal.holds ? "proven" : "likely",
      because: refusal.because,
      evidence: [
        refusal.seen,
        ...(refusal.attribute === "cwd"
          ? [directory === "missing" ? say`stat of it: ENOENT` : say`stat of it: no directory`]
          : []),
        // The name of a variable can be followed by its value there.
        ...(refusal.attribute === "env" ? [] : [line]),
      ],
      ...(failure !== undefined && {
        explains: { phase: failure.phase, ms: spent(launch.timeline, failure.phase) },
      }),
      fixes: fixesOf(refusal, write),
    };
  },
});

/** The first text that refuses an attribute. What another cause looks for is judged here only where a rule says so. */
function refused(launch: Launch): Refused | undefined {
  const { failure, buildError, said, printed } = launch.timeline;
  const first = unplanned(launch);
  if (first !== undefined) return { line: failure?.text ?? "", refusal: first, write: first.write };
  const fatal = failure === undefined ? [] : [failure.text, buildError ?? ""];
  return (
    fatal.map((text) => readBy(texts, text, launch)).find((one) => one !== undefined) ??
    // The program prints into the same streams: a warning counts only where it is true of the configuration.
    [said, printed].map((text) => readBy(warnings, text, launch)).find((one) => one?.refusal.holds === true)
  );
}

function readBy(rows: readonly Row[], text: string, launch: Launch): Refused | undefined {
  for (const row of rows) {
    const match = row.means.attributes === undefined ? undefined : row.text?.exec(text);
    if (!match) continue;
    const judge = refusals[row.id];
    const refusal = judge === undefined ? told(launch, row, match[0]) : judge(launch, match);
    if (refusal === undefined) continue;
    const line = text.slice(0, match.index).split("\n").length - 1;
    return { line: text.split("\n")[line] ?? match[0], refusal, write: row.means.write ?? "" };
  }
  return undefined;
}

/** A row without a rule of its own: the text is all there is. */
function told(launch: Launch, { means }: Row, words: string): Refusal | undefined {
  const attribute = means.attributes?.find((name) => launch.config[name] !== undefined);
  if (attribute === undefined || means.causes !== undefined) return undefined;
  return {
    attribute,
    holds: false,
    because: say`"${attribute}" does not do: ${means.why}.`,
    seen: say`"${attribute}" is in the configuration, and dlv says: ${words}`,
  };
}

function fixesOf({ attribute, right }: Refusal, write: string): Fix[] {
  const fix = (name: string, title: string, action: Action, preferred: boolean): Fix => ({
    id: `${id}/${name}`,
    title,
    preferred,
    needsRoot: false,
    scope: "launch",
    action,
  });
  const text = say`Write in "${attribute}": ${write}.`;
  const advice = fix("write", say`Correct "${attribute}"`, { kind: "advice", text }, right === undefined);
  if (right === undefined) return [advice];
  return [fix("edit", right.title, { kind: "launch.json", edits: right.edits }, true), advice];
}
