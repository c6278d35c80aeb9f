import { Uri } from "vscode";
import { say } from "../core/say.ts";
import { lookBehind } from "./behind.ts";
import { chooseLaunch } from "./choose.ts";
import { diagnose } from "./diagnose.ts";
import { scheme } from "./documents.ts";
import type { Editor } from "./editor.ts";
import { explainRule } from "./explain.ts";
import { applyFix } from "./fixes.ts";
import {
  clearHistory,
  compareSelected,
  compareWithPrevious,
  openLaunch,
  rerunLaunch,
} from "./historyActions.ts";
import { openIssue } from "./issue.ts";
import type { Followed } from "./launches.ts";
import { chooseMode, showMenu, toggleConfiguration } from "./menu.ts";
import { copyReport, showReport } from "./report.ts";
import { setFor, settingsFor } from "./settings.ts";
import { whileConnected } from "./there.ts";
import { saveTrace } from "./trace.ts";
import { undoFix } from "./undo.ts";

/** The commands of package.json, after "delveDoctor.". */
export type CommandName =
  | "applyFix"
  | "chooseMode"
  | "clearHistory"
  | "compareSelected"
  | "compareWithPrevious"
  | "copyReport"
  | "diagnose"
  | "explainRule"
  | "ignoreCause"
  | "openIssue"
  | "openLaunch"
  | "rerunLaunch"
  | "saveTrace"
  | "selfTest"
  | "showLog"
  | "showMenu"
  | "showReport"
  | "toggleConfiguration"
  | "undoFix";

/** What each command does. */
export type Commands = Readonly<Record<CommandName, (...args: readonly unknown[]) => unknown>>;

/** Makes the commands, at the first use of one. */
export function makeCommands(editor: Editor): Commands {
  /** What a person asks for is worth a connection. */
  const on = async (followed: Followed, work: (followed: Followed) => Promise<void>) => {
    await lookBehind(editor, followed, true);
    await whileConnected(
      followed.there,
      () => work(followed),
      (error) => void editor.log.error(error instanceof Error ? error : String(error)),
    );
  };
  return {
    applyFix: (which, fix) => on(about(editor, which), (one) => applyFix(editor, one, textOf(fix))),
    chooseMode: () => chooseMode(editor),
    clearHistory: () => clearHistory(editor),
    compareSelected: (_, selected) => compareSelected(editor, selected),
    compareWithPrevious: (row) => compareWithPrevious(editor, row),
    copyReport: (which) => on(about(editor, which), (one) => copyReport(editor, one)),
    async diagnose(which) {
      const followed = which === undefined ? await chooseLaunch(editor) : about(editor, which);
      if (followed !== undefined) await on(followed, (one) => showReport(editor, one));
    },
    explainRule,
    ignoreCause: (which, cause) => on(about(editor, which), (one) => ignoreCause(editor, one, textOf(cause))),
    openIssue: (which) => on(about(editor, which), (one) => openIssue(editor, one)),
    openLaunch: (row) =>
      openLaunch(editor, row, (followed) => on(followed, (one) => showReport(editor, one))),
    rerunLaunch: (row) => rerunLaunch(editor, row),
    saveTrace: (which) => saveTrace(about(editor, which)),
    async selfTest() {
      const { showSelfTest } = await import("./selfTest.ts");
      await showSelfTest(editor);
    },
    showLog: () => editor.log.show(),
    showMenu: () => showMenu(editor),
    showReport: (which) => on(about(editor, which), (one) => showReport(editor, one)),
    toggleConfiguration: () => toggleConfiguration(editor),
    undoFix: () => undoFix(editor),
  };
}

/** The launch a command is about: the one it names, by id or by its report in front; else the last one. */
function about({ launches }: Editor, which: unknown): Followed {
  const id = which instanceof Uri && which.scheme === scheme ? Number(which.query) : which;
  const named = typeof id === "number" ? launches.get(id) : undefined;
  const followed = named ?? launches.last();
  if (followed === undefined) throw new Error(say`there is no Go launch yet`);
  return followed;
}

/** A cause that is ignored in a folder is neither told nor marked there any more. */
async function ignoreCause(editor: Editor, followed: Followed, cause: string | undefined): Promise<void> {
  if (cause === undefined) return;
  const { ignoredCauses } = settingsFor(followed.folder);
  await setFor(followed.folder, "ignoredCauses", [...new Set([...ignoredCauses, cause])]);
  await diagnose(editor, followed);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
