import { movedPath, writtenHere } from "../config/elsewhere.ts";
import { placedAt } from "../config/placeAttribute.ts";
import { readText } from "../config/text.ts";
import type { Fix } from "../core/fix.ts";
import { say } from "../core/say.ts";
import { type Change, changeOf, type Read, type Target } from "./change.ts";

/** The host that dlv runs on, where that is not this machine, and where the target's folder lies there. */
export interface There {
  readonly name: string;
  readonly folder: string;
}

/**
 * What a fix comes to where dlv runs on another host. A command runs there, where the folder lies there; a file of that
 * host is left to a person, since it is not ours to read and write from here. Launch configurations stay on this machine.
 */
export async function changeThere(
  fix: Fix,
  target: Target,
  { name, folder }: There,
  read: Read = readText,
): Promise<Change> {
  const { action } = fix;
  if (action.kind === "file" && "line" in action)
    return { kind: "advice", text: say`On ${name}, add this line to ${action.path}: ${action.line}` };
  const change = await changeOf(here(fix, target, folder), target, read);
  if (change.kind !== "command") return change;
  return { ...change, cwd: movedPath(change.cwd, target.folder, folder) };
}

/** An edit of launch.json that was found there, as it has to be written here. */
function here(fix: Fix, { config, folder }: Target, there: string): Fix {
  const { action } = fix;
  if (action.kind !== "launch.json") return fix;
  const edits = action.edits.map((edit) => ({
    ...edit,
    at: placedAt(config, edit.at),
    ...("value" in edit && { value: writtenHere(edit.at, edit.value, { here: folder, there }) }),
  }));
  return { ...fix, action: { ...action, edits } };
}
