import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from "diff";
import type { Fix, Scope } from "../core/fix.ts";
import { withCodePoints } from "../core/unprintable.ts";
import type { Change, CommandChange, TextChange } from "./change.ts";
import { masked } from "./masked.ts";
import { rootLine, shellLine } from "./shellLine.ts";

/** Where a fix acts, in words. */
const scopeText: Readonly<Record<Scope, string>> = {
  launch: "this launch configuration",
  folder: "this folder",
  user: "everything this user does",
  dlv: "this dlv only",
  "until-reboot": "the whole machine, until it reboots",
  machine: "the whole machine, for good",
};

/**
 * What a person reads before a fix is applied: what it changes, exactly; where; as whom; and how to take it back. `shared`
 * is for a reader who may be anybody.
 */
export function previewOf(fix: Fix, change: Change, shared = false): string {
  const head = [fix.title, `Acts on: ${scopeText[fix.scope]}`];
  switch (change.kind) {
    case "advice":
      return [...head, "", change.text, ""].join("\n");
    case "text": {
      const lines = shared ? sharedDiffOf(fix, change) : diffOf(change);
      return [...head, "Root: not needed", `Undo: ${undoText(change)}`, "", lines].join("\n");
    }
    case "command": {
      const { needsRoot, undo: back } = change;
      const undo = back && commandLine({ argv: back, needsRoot });
      const root = change.needsRoot
        ? "needed; the command is typed into a terminal and you send it"
        : "not needed";
      return [
        ...head,
        `Root: ${root}`,
        `Undo: ${undo ?? "not by itself"}`,
        "",
        `In ${withCodePoints(change.cwd)}:`,
        `$ ${commandLine(change)}`,
        "",
      ].join("\n");
    }
  }
}

/** A command as it is run, or typed for a person to run. */
export function commandLine({ argv, needsRoot }: Pick<CommandChange, "argv" | "needsRoot">): string {
  return needsRoot ? rootLine(argv) : shellLine(argv);
}

function undoText({ before }: TextChange): string {
  return before === null ? "removes the file again" : "restores the file byte for byte";
}

/** The unified diff of a text change. It holds the file's own lines, env values among them: for the person's eyes only. */
export function diffOf(change: TextChange): string {
  return diff(change, 3);
}

/** The same for a pipe or a log: no neighbouring lines, and of the changed ones no value that may be secret. */
export function sharedDiffOf(fix: Pick<Fix, "action">, change: TextChange): string {
  return diff(masked(fix, change), 0);
}

function diff({ file, before, after }: TextChange, context: number): string {
  const [from, to] = [before === null ? "/dev/null" : file, after === null ? "/dev/null" : file];
  const patch = structuredPatch(from, to, before ?? "", after ?? "", undefined, undefined, { context });
  return formatPatch(patch, FILE_HEADERS_ONLY);
}
