import { type CancellationToken, window } from "vscode";
import { say } from "../core/say.ts";
import type { Person } from "../hosts/channel.ts";
import { plain, plainLabel } from "./plain.ts";

/** The person at the window, asked about one host. A question that is typed into is withdrawn with `token`. */
export function personFor(host: string, token: CancellationToken): Person {
  return {
    async secret(question) {
      const options = {
        title: plainLabel(say`Connecting to ${host}`),
        prompt: plain(question),
        password: true,
        ignoreFocusOut: true,
      };
      return window.showInputBox(options, token);
    },
    async confirm(question, detail, yes) {
      // The first button is the one that Enter presses; VS Code adds Cancel, for Escape.
      const options = { modal: true, detail: plain(detail) };
      return (await window.showWarningMessage(plain(question), options, say`Don't ${yes}`, yes)) === yes;
    },
  };
}
