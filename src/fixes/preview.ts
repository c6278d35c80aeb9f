import { sep } from "node:path";
import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from "diff";
import type { Fix, Scope } from "../core/fix.ts";
import { say } from "../core/say.ts";
import { withCodePoints } from "../core/unprintable.ts";
import type { Change, CommandChange, TextChange } from "./change.ts";
import { masked } from "./masked.ts";
import { rootLine, shellLine } from "./shellLine.ts";

/** Where a fix acts, in words. */
const scopeText: Readonly<Record<Scope, () => string>> = {
  launch: () => say`this launch configuration`,
  folder: () => say`this folder`,
  user: () => say`everything this user does`,
  dlv: () => say`this dlv only`,
  "until-reboot": () => say`the whole machine, until it reboots`,
  machine: () => say`the whole machine, for good`,
};

/**
 * What a person reads before a fix is applied: what it changes, exactly; where; as whom; and how to take it back. `shared`
 * is for a reader who may be anybody.
 */
export function previewOf(fix: Fix, change: Change, shared = false): string {
  const head = [fix.title, say`Acts on: ${scopeText[fix.scope]()}`];
  switch (change.kind) {
    case "advice":
      return [...head, "", change.text, ""].join("\n");
    case "text": {
      const lines = shared ? sharedDiffOf(fix, change) : diffOf(change);
      return [...head, say`Root: not needed`, say`Undo: ${undoText(change)}`, "", lines].join("\n");
    }
    case "command": {
      const { needsRoot, undo: back } = change;
      const undo = back && commandLine({ argv: back, needsRoot });
      return [
        ...head,
        needsRoot
          ? say`Root: needed; the command is typed into a terminal and you send it`
          : say`Root: not needed`,
        undo === undefined ? say`Undo: not by itself` : say`Undo: ${undo}`,
        "",
        say`In ${withCodePoints(change.cwd)}:`,
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
  return before === null ? say`removes the file again` : say`restores the file byte for byte`;
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
  // A name with a backslash is quoted in a diff, as git does it, and each backslash is doubled.
  const name = file.replaceAll(sep, "/");
  const [from, to] = [before === null ? "/dev/null" : name, after === null ? "/dev/null" : name];
  const patch = structuredPatch(from, to, before ?? "", after ?? "", undefined, undefined, { context });
  return formatPatch(patch, FILE_HEADERS_ONLY);
}
