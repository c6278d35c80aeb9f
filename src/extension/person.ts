import { type CancellationToken, window } from "vscode";
import { say } from "../core/say.ts";
import type { Person } from "../hosts/channel.ts";

/** The person at the window, asked about one host. A question that is typed into is withdrawn with `token`. */
export function personFor(host: string, token: CancellationToken): Person {
  return {
    async secret(question) {
      const options = {
        title: say`Connecting to ${host}`,
        prompt: question,
        password: true,
        ignoreFocusOut: true,
      };
      return window.showInputBox(options, token);
    },
    async confirm(question, detail, yes) {
      // The first button is the one that Enter presses; VS Code adds Cancel, for Escape.
      const options = { modal: true, detail };
      return (await window.showWarningMessage(question, options, say`Don't ${yes}`, yes)) === yes;
    },
  };
}
