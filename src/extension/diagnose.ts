import { workspace } from "vscode";
import { withoutServer } from "../causes/network/aboutServer.ts";
import type { Cause } from "../core/cause.ts";
import type { Verdicts } from "../core/finding.ts";
import type { Launch } from "../core/launch.ts";
import { say } from "../core/say.ts";
import { examine } from "../examine/examine.ts";
import { localHost } from "../hosts/local.ts";
import { makeReport, type Report, type ReportOutcome } from "../report/report.ts";
import { lookBehind } from "./behind.ts";
import { type Editor, inBackground } from "./editor.ts";
import { type Followed, isUnderway } from "./launches.ts";
import { settingsFor } from "./settings.ts";
import { whileConnected } from "./there.ts";

/** Looks for the cause of what a launch does now, or ended with, without disturbing it; keeps and tells the result. */
export async function diagnose(editor: Editor, followed: Followed): Promise<Report> {
  const launch = launchOf(followed);
  // What a cancelled launch was waiting for is gone with it: what was seen of it then is what is known.
  const cancelled = launch.timeline.outcome === "cancelled" || (followed.via === "waiting" && followed.gone);
  if (cancelled && followed.diagnosed !== undefined) return followed.diagnosed.report;
  const verdicts = await judge(launch, followed);
  const report = makeReport(followed.host, launch, verdicts, outcomeOf(followed, launch));
  followed.diagnosed = { verdicts, report };
  editor.launches.changed(followed);
  return report;
}

/** The newest report of a launch with its times as they are now: what its repetition is compared with. */
export function remeasured(followed: Followed, report: Report): Report {
  const { verdicts } = followed.diagnosed ?? { verdicts: { findings: [], clear: [], unknown: [] } };
  const launch = launchOf(followed);
  return { ...report, timeline: makeReport(followed.host, launch, verdicts, report.outcome).timeline };
}

/** The launch as it is now. A program that runs without end runs on, and that is not the launch's time. */
export function launchOf({ state, launch }: Followed): Launch {
  const now = launch();
  return state?.over === true && now.timeline.outcome === undefined ? state.launch : now;
}

/** Every cause and the lists of some, by the names that src/causes/index.ts gives them. */
type Lists = Readonly<Record<"causes" | "hollowCauses" | "editorCauses", readonly Cause[]>>;

/**
 * The verdicts on a launch, of all causes or `some`, without those that the settings ignore. The causes are read at the first
 * time: they are larger than everything that a launch needs which nothing is wrong with.
 */
export async function judge(
  launch: Launch,
  { folder, host, behind }: Pick<Followed, "folder" | "host" | "behind">,
  some: keyof Lists = "causes",
): Promise<Verdicts> {
  // Probes run go, git and dlv in the folder.
  if (!workspace.isTrusted) throw new Error(say`nothing is run in a workspace that is not trusted`);
  const { ignoredCauses } = settingsFor(folder);
  const lists: Lists = await import("../causes/index.ts");
  const asked = lists[some].filter(({ id }) => !ignoredCauses.includes(id));
  const verdicts = await examine(host, fromThere(launch, behind), asked, localHost);
  return behind !== undefined && "because" in behind
    ? withoutServer(verdicts, asked, behind.because)
    : verdicts;
}

/** A launch as the machine sees it that is behind its port, where it goes through one. */
export function fromThere(launch: Launch, behind: Followed["behind"]): Launch {
  return behind !== undefined && "launch" in behind ? behind.launch(launch) : launch;
}

/** How a launch stands that is reported on. */
export function outcomeOf(followed: Followed, { timeline }: Launch): ReportOutcome {
  if (timeline.outcome !== undefined) return timeline.outcome;
  if (timeline.current === "run") return "initialized";
  return isUnderway(followed) && followed.state?.stall !== undefined ? "stalled" : "diagnosed";
}

/** The same for a launch that nobody has asked about: what is behind its port counts where the person said it before. */
async function diagnoseThere(editor: Editor, followed: Followed): Promise<void> {
  await lookBehind(editor, followed, false);
  const failed = (error: unknown) => void editor.log.error(error instanceof Error ? error : String(error));
  const { behind, there } = followed;
  // A launch on another machine has its connection; one behind a tunnel needs one of ours.
  await whileConnected(behind && there, () => diagnose(editor, followed), failed);
}

/** Diagnoses by itself what a person will ask about: a launch that stalls, fails, or came late to its goal. */
export function diagnoseByItself(editor: Editor): void {
  const looked = new WeakMap<Followed, "stall" | "end">();
  const late = new WeakSet<Followed>();
  const subscription = editor.launches.onChanged((followed) => {
    const { state } = followed;
    if (state === undefined) return;
    if (state.late) late.add(followed);
    const { outcome } = state.launch.timeline;
    const ended = state.over && outcome !== "cancelled" && (outcome === "failed" || late.has(followed));
    const due = ended ? "end" : state.stall !== undefined ? "stall" : undefined;
    if (due === undefined || looked.get(followed) === due || looked.get(followed) === "end") return;
    looked.set(followed, due);
    inBackground(editor, diagnoseThere(editor, followed));
  });
  editor.context.subscriptions.push(subscription);
}
