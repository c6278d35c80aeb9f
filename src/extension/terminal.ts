import { env, window } from "vscode";
import { say } from "../core/say.ts";
import { localHost } from "../hosts/local.ts";
import type { Machine } from "../hosts/machine.ts";
import { where } from "../report/words.ts";
import { plain } from "./plain.ts";
import { remoteTerminal } from "./remoteTerminal.ts";

/** A command to be run by a person, as it is typed, and where. */
interface Line {
  readonly line: string;
  readonly cwd: string;
  /** The machine it is for, where that is not this one. It is given back when its terminal closes. */
  readonly machine?: Machine;
}

/**
 * Types a command into a terminal that the person sees, and does not send it: sudo then asks on its own tty, and no
 * password comes near us. Settles with true once `inForce` says that the command did its work, and with false when the
 * person gives up. What counts is the machine's own answer, never the terminal's text.
 */
export async function runInTerminal(line: Line, inForce: () => Promise<boolean>): Promise<boolean> {
  const { machine } = line;
  const at = where(machine ?? localHost);
  if (!show(line)) return byHand(line, at, inForce);
  const question = say`Read the command in the terminal, and press Enter there to run it ${at}.`;
  for (
    let text = question;
    ;
    text = say`It is not in force yet. Press Enter in the terminal, then check again.`
  ) {
    if ((await window.showInformationMessage(plain(text), say`Check`)) === undefined) return false;
    if (await inForce()) return true;
  }
}

/** False where the way to the machine has no terminals. */
function show({ line, cwd, machine }: Line): boolean {
  if (machine === undefined) {
    const terminal = window.createTerminal({ name: "Delve Doctor", cwd });
    terminal.show();
    terminal.sendText(line, false);
    return true;
  }
  const pty = remoteTerminal(machine, line);
  if (pty !== undefined) window.createTerminal({ name: `Delve Doctor: ${machine.name}`, pty }).show();
  return pty !== undefined;
}

/** Where there is no terminal of ours the person brings their own. */
async function byHand(
  { line, machine }: Line,
  at: string,
  inForce: () => Promise<boolean>,
): Promise<boolean> {
  await machine?.close();
  const [copy, check] = [say`Copy`, say`Check`];
  for (let text = say`Run this yourself ${at}: ${line}`; ; ) {
    const answer = await window.showInformationMessage(plain(text), copy, check);
    if (answer === undefined) return false;
    if (answer === copy) await env.clipboard.writeText(line);
    else if (await inForce()) return true;
    else text = say`It is not in force yet. Run this yourself ${at}: ${line}`;
  }
}
