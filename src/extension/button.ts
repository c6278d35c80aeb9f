import { say } from "../core/say.ts";

/** The command that is also found by typing its title. */
const diagnoseCommand = "delveDoctor.diagnose";

/** What makes VS Code put our button into its own error dialog (DAP Message.url; VS Code runs command: links). */
export function diagnoseButton(id: number): { readonly url: string; readonly urlLabel: string } {
  const args = encodeURIComponent(JSON.stringify([id]));
  return { url: `command:${diagnoseCommand}?${args}`, urlLabel: say`Diagnose Delve launch` };
}
