import { unsetBreakpoints } from "../core/breakpoints.ts";
import type { Config } from "../core/config.ts";
import type { EditorState, EditorStep } from "../core/editor.ts";
import type { Finding, Unknown, Verdicts } from "../core/finding.ts";
import { type Action, type Fix, undoable } from "../core/fix.ts";
import type { HostName } from "../core/host.ts";
import type { Launch } from "../core/launch.ts";
import type { Phase } from "../core/phases.ts";
import { redactConfig, redactText, secretValues } from "../core/redact.ts";
import { say } from "../core/say.ts";

/** How much (characters) a report tells of one text: its cause, a piece of evidence, an error. */
const textCap = 8 * 1024;

/** How a reported launch ended: a timeline's outcome, or what the shell saw. */
export type ReportOutcome =
  | "initialized"
  | "stopped"
  | "exited"
  | "failed"
  | "stalled"
  | "cancelled"
  | "diagnosed";

/** A fix as a report names it; `delve-doctor fix ID` and the editor look the rest up by id. */
export interface ReportedFix {
  readonly id: string;
  /** An edit of OpenSSH's configuration is a "file". */
  readonly kind: Exclude<Fix["action"]["kind"], "ssh-config">;
  readonly title: string;
  readonly preferred: boolean;
  readonly needsRoot: boolean;
  readonly scope: Fix["scope"];
  readonly undo: boolean;
  /**
   * The fix as data, so that it can be applied from the report alone. One that holds a hidden value is advice here: a
   * report must not tell the value, and without it the fix would write something else.
   */
  readonly action: Fix["action"];
}

/** A finding as a report names it. Times in ms. */
export interface ReportedFinding extends Omit<Finding, "fixes"> {
  readonly fixes: readonly ReportedFix[];
}

/** The report of version 1, the command line's contract: names and shapes are stable, fields are only ever added. */
export interface Report {
  readonly version: 1;
  readonly outcome: ReportOutcome;
  /** `rttMs`: the last round trip to the host that was measured. */
  readonly host: HostName & { readonly rttMs?: number };
  readonly launch: {
    readonly name: string;
    readonly request: "launch" | "attach";
    readonly mode: string;
    /** The configuration as resolved, env values redacted. */
    readonly config: Config;
    /** The dlv that was run: command line and working directory. */
    readonly dlv?: { readonly argv: readonly string[]; readonly cwd: string };
  };
  /** What an editor did before dlv was wanted. `waits`: what it waited for when the report was made. Times in ms. */
  readonly before?: {
    readonly ms: number;
    readonly waits?: EditorStep;
    readonly tasks: readonly { readonly name: string; readonly ms: number; readonly running: boolean }[];
  };
  readonly timeline: {
    readonly totalMs: number;
    readonly explainedMs: number;
    readonly phases: readonly Phase[];
    /** The DAP error that ended the launch, and the phase it came in. */
    readonly failure?: { readonly phase: string; readonly text: string };
    /** The breakpoints that were not set when the configuration was done, with dlv's words. */
    readonly unset?: readonly { readonly at: string; readonly text: string }[];
  };
  readonly findings: readonly ReportedFinding[];
  readonly clear: readonly string[];
  readonly unknown: readonly Unknown[];
}

/** Puts a report together. Everything in it is redacted: it is made to be shown and shared. */
export function makeReport(
  host: HostName,
  launch: Launch,
  verdicts: Verdicts,
  outcome: ReportOutcome,
): Report {
  const { timeline } = launch;
  const secrets = secretValues(launch.env);
  const hide = (text: string) => clipped(redactText(text, secrets));
  const failure = timeline.failure ?? spawnFailure(launch);
  const unset = unsetBreakpoints(timeline);
  const rttMs = timeline.link?.rttMs;
  return {
    version: 1,
    outcome,
    host: {
      kind: host.kind,
      name: host.name,
      ...(rttMs !== undefined && { rttMs: Math.round(rttMs * 10) / 10 }),
    },
    launch: {
      name: launch.name,
      request: launch.request,
      mode: launch.mode,
      config: redactConfig(launch.config),
      ...(timeline.dlv !== undefined && { dlv: { argv: timeline.dlv.argv, cwd: timeline.dlv.cwd } }),
    },
    ...(launch.editor !== undefined && { before: beforeOf(launch.editor, hide) }),
    timeline: {
      totalMs: Math.round(timeline.totalMs),
      explainedMs: Math.round(explainedMs(verdicts.findings, timeline.phases)),
      phases: timeline.phases.map(rounded),
      ...(failure !== undefined && { failure: { phase: failure.phase, text: hide(failure.text) } }),
      ...(unset.length > 0 && {
        unset: unset.map(({ at, message }) => ({ at: hide(at), text: hide(message) })),
      }),
    },
    findings: verdicts.findings.map((one) => reported(one, hide)),
    clear: verdicts.clear,
    unknown: verdicts.unknown.map((one) => ({ ...one, because: hide(one.because) })),
  };
}

/** A text that somebody's command printed may be as long as they like. */
function clipped(text: string): string {
  const more = text.length - textCap;
  return more <= 0 ? text : say`${text.slice(0, textCap)} … (${more.toLocaleString("en")} more characters)`;
}

function beforeOf({ ms, waits, tasks }: EditorState, hide: (text: string) => string): Report["before"] & {} {
  return {
    ms: Math.round(ms),
    ...(waits !== undefined && { waits }),
    tasks: tasks.map((one) => ({ name: hide(one.name), ms: Math.round(one.ms), running: one.running })),
  };
}

/** The milliseconds that findings account for, each phase's counted once and never beyond what it took. */
function explainedMs(findings: readonly Finding[], phases: readonly Phase[]): number {
  return phases.reduce((sum, phase) => {
    const most = Math.max(
      0,
      ...findings.map((one) => (one.explains?.phase === phase.name ? one.explains.ms : 0)),
    );
    return sum + Math.min(most, phase.ms);
  }, 0);
}

function spawnFailure({ timeline }: Launch): { phase: "start"; text: string } | undefined {
  return timeline.spawnError && { phase: "start", text: timeline.spawnError.text };
}

function reported(finding: Finding, hide: (text: string) => string): ReportedFinding {
  return {
    ...finding,
    because: hide(finding.because),
    evidence: finding.evidence.map(hide),
    ...(finding.explains && { explains: { ...finding.explains, ms: Math.round(finding.explains.ms) } }),
    fixes: finding.fixes.map((fix) => reportedFix(fix, hide)),
  };
}

function reportedFix(fix: Fix, hide: (text: string) => string): ReportedFix {
  const { id, preferred, needsRoot, scope } = fix;
  const title = hide(fix.title);
  const action = reportedAction(title, fix.action, hide);
  const undo = undoable({ ...fix, action });
  const kind = action.kind === "ssh-config" ? "file" : action.kind;
  return { id, kind, title, preferred, needsRoot, scope, undo, action };
}

/** The action as it is, or advice where it holds something that a report hides. */
function reportedAction(title: string, action: Action, hide: (text: string) => string): Action {
  if (action.kind === "advice") return { kind: "advice", text: hide(action.text) };
  const plain = JSON.stringify(action);
  const clean = JSON.stringify(action, (_, value: unknown) =>
    typeof value === "string" ? hide(value) : value,
  );
  if (hide(plain) === plain && clean === plain) return action;
  return {
    kind: "advice",
    text: say`"${title}" is left for you to do, because the change holds a value that reports hide.`,
  };
}

/** Whole milliseconds, and still no gaps: each phase ends where the next one starts. */
function rounded({ name, startMs, ms, parts, slowest }: Phase): Phase {
  const start = Math.round(startMs);
  return {
    name,
    startMs: start,
    ms: Math.round(startMs + ms) - start,
    parts: parts.map((part) => ({ ...part, ms: Math.round(part.ms) })),
    ...(slowest !== undefined && { slowest: slowest.map((one) => ({ ...one, ms: Math.round(one.ms) })) }),
  };
}
