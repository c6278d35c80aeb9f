import { window } from "vscode";
import { localHost } from "../hosts/local.ts";

/** A command to be run by a person. */
interface Line {
  readonly line: string;
  readonly cwd: string;
}

/**
 * Types a command into a terminal that the person sees, and does not send it: sudo then asks on its own tty, and no
 * password comes near us. Settles with true once `inForce` says that the command did its work, and with false when the
 * person gives up. What counts is the machine's own answer, never the terminal's text.
 */
export async function runInTerminal({ line, cwd }: Line, inForce: () => Promise<boolean>): Promise<boolean> {
  const terminal = window.createTerminal({ name: "Delve Doctor", cwd });
  terminal.show();
  terminal.sendText(line, false);
  const question = `Read the command in the terminal, and press Enter there to run it on ${localHost.name}.`;
  for (
    let text = question;
    ;
    text = "It is not in force yet. Press Enter in the terminal, then check again."
  ) {
    if ((await window.showInformationMessage(text, "Check")) === undefined) return false;
    if (await inForce()) return true;
  }
}
