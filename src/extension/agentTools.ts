import { randomBytes } from "node:crypto";
import { homedir, hostname, userInfo } from "node:os";
import {
  type CancellationToken,
  LanguageModelTextPart,
  LanguageModelToolResult,
  type PreparedToolInvocation,
  workspace,
} from "vscode";
import { answerOf, errorLine, type Said } from "../agent/answer.ts";
import { checkFolder } from "../agent/checkFolder.ts";
import { saidOfCheck, saidOfReport } from "../agent/said.ts";
import type { ToolName } from "../agent/tools.ts";
import { say } from "../core/say.ts";
import { commandLine, sharedDiffOf } from "../fixes/preview.ts";
import { localHost } from "../hosts/local.ts";
import { makeReport, type Report } from "../report/report.ts";
import { lookBehind } from "./behind.ts";
import { examinationOf } from "./choose.ts";
import { diagnose, launchOf, outcomeOf } from "./diagnose.ts";
import type { Editor } from "./editor.ts";
import type { Followed } from "./launches.ts";
import { changeFor } from "./target.ts";
import { whileConnected } from "./there.ts";

/** What the tools of package.json do, and what a person is asked before. */
export interface AgentTools {
  prepare(name: ToolName, input: unknown): PreparedToolInvocation;
  invoke(name: ToolName, input: unknown, token: CancellationToken): Promise<LanguageModelToolResult>;
}

/** Makes the tools, at the first use of one. */
export function makeAgentTools(editor: Editor): AgentTools {
  /** The newest that a tool has looked at without a launch: it is no launch of the window. */
  let examined: Followed | undefined;
  const work: Readonly<Record<ToolName, (input: unknown, signal: AbortSignal) => Promise<Said>>> = {
    async diagnose_launch(input) {
      const followed = await chosen(editor, textIn(input, "configuration"));
      if (followed.via === "examination") examined = followed;
      await lookBehind(editor, followed, false);
      const failed = (error: unknown) =>
        void editor.log.error(error instanceof Error ? error : String(error));
      const report = await whileConnected(followed.there, () => diagnose(editor, followed), failed);
      return said(editor, followed, report);
    },
    async last_report() {
      const followed = editor.launches.last() ?? examined;
      if (followed === undefined)
        throw new Error(
          "there is no Go launch in this window yet; delve_doctor_diagnose_launch looks without one",
        );
      return said(editor, followed, followed.diagnosed?.report ?? seen(followed));
    },
    async check_launch_json(input, signal) {
      const folder = folderNamed(textIn(input, "folder"));
      const open = new Map(workspace.textDocuments.map((one) => [one.uri.fsPath, one.getText()]));
      return saidOfCheck(await checkFolder(folder, signal, { textOf: (file) => open.get(file) }), "editor");
    },
  };
  return {
    prepare: (name) => prepared[name](),
    async invoke(name, input, token) {
      const about = {
        identity: { user: userInfo().username, home: homedir(), hosts: [hostname(), localHost.name] },
        folders: (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
      };
      const cancel = new AbortController();
      const subscription = token.onCancellationRequested(() => cancel.abort());
      // What was asked of a machine runs out by its own limits; nobody waits for it.
      const cancelled = new Promise<never>((_, reject) => {
        cancel.signal.addEventListener("abort", () => reject(new Error("cancelled")), { once: true });
      });
      try {
        if (!workspace.isTrusted)
          throw new Error("this workspace is not trusted: nothing is looked at until the person trusts it");
        const { text, structured } = answerOf(
          await Promise.race([work[name](input, cancel.signal), cancelled]),
          about,
          randomBytes(8).toString("hex"),
        );
        const parts = [text, JSON.stringify(structured)];
        return new LanguageModelToolResult(parts.map((part) => new LanguageModelTextPart(part)));
      } catch (error) {
        // What is wrong is for the model to read.
        throw new Error(errorLine(error, about));
      } finally {
        subscription.dispose();
      }
    },
  };
}

/** The launch that is meant: the one underway, else the last one, else a configuration that is only looked at. */
async function chosen(editor: Editor, name: string | undefined): Promise<Followed> {
  const { launches } = editor;
  const isMeant = (followed: Followed | undefined) =>
    followed !== undefined && (name === undefined || followed.name === name);
  const last = launches.last();
  return (
    launches.underway().findLast(isMeant) ??
    (last !== undefined && isMeant(last) ? last : await examinationOf(editor, name))
  );
}

/** The report of what was seen of a launch that nothing was looked for in. */
function seen(followed: Followed): Report {
  const launch = launchOf(followed);
  const nothing = { findings: [], clear: [], unknown: [] };
  return makeReport(followed.host, launch, nothing, outcomeOf(followed, launch));
}

/** A report in words, with what its preferred fixes would do now, without values that may be secret. */
async function said({ context }: Editor, followed: Followed, report: Report): Promise<Said> {
  const previews = new Map<string, string>();
  for (const fix of report.findings.flatMap(({ fixes }) => fixes.filter(({ preferred }) => preferred))) {
    const change = await changeFor(fix, followed, context);
    if (change.kind === "text") previews.set(fix.id, sharedDiffOf(fix, change));
    if (change.kind === "command") previews.set(fix.id, commandLine(change));
  }
  return saidOfReport(report, previews, "editor");
}

/** The folder of the workspace that has this name or path; where none is named the only one. Throws one line. */
function folderNamed(name: string | undefined): string {
  const all = workspace.workspaceFolders ?? [];
  const found = all.filter((one) => name === undefined || one.name === name || one.uri.fsPath === name);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.uri.fsPath;
  const names = all.map((one) => `"${one.name}"`).join(", ");
  if (names === "") throw new Error("no folder is open in this window");
  throw new Error(
    name === undefined
      ? `which folder? There are ${names}`
      : `no folder "${name}" is open; there are ${names}`,
  );
}

const nothingElse = () =>
  say`It changes nothing. The answer goes to the model, without secrets and without your name.`;

/** What a person reads while a tool runs, and is asked before. Names that a model gave stand in none of it. */
const prepared: Readonly<Record<ToolName, () => PreparedToolInvocation>> = {
  diagnose_launch: () => ({
    invocationMessage: say`Looking at a Go debug launch`,
    confirmationMessages: {
      title: say`Look at a Go debug launch?`,
      message: say`Delve Doctor looks at the launch that is underway, the last one or a configuration of launch.json, and at the machine that it runs on. To ask them it runs go, git and dlv; nothing is launched. ${nothingElse()}`,
    },
  }),
  last_report: () => ({
    invocationMessage: say`Reading the last report of a Go debug launch`,
    confirmationMessages: {
      title: say`Read the last report of a Go debug launch?`,
      message: say`Delve Doctor gives what it knows of the last launch of this window. Nothing is run. ${nothingElse()}`,
    },
  }),
  check_launch_json: () => ({
    invocationMessage: say`Checking what configures Go debug launches`,
    confirmationMessages: {
      title: say`Check what configures Go debug launches?`,
      message: say`Delve Doctor reads launch.json, tasks, settings and container files of the folder. Nothing is run. ${nothingElse()}`,
    },
  }),
};

/** A text of what a model asks with; undefined where there is none. VS Code holds it against the schema before. */
function textIn(input: unknown, key: string): string | undefined {
  if (typeof input !== "object" || input === null) return undefined;
  const value: unknown = Reflect.get(input, key);
  return typeof value === "string" && value !== "" ? value : undefined;
}
