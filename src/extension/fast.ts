import { type WorkspaceFolder, workspace } from "vscode";
import { type Ahead, makeAhead } from "../fast/ahead.ts";
import type { Fast } from "../fast/fastLaunch.ts";
import { openStore } from "../fast/store.ts";
import type { Editor } from "./editor.ts";
import { settingsFor } from "./settings.ts";

const store = openStore();
let ahead: Ahead | undefined;

/** What a launch in a folder may be made faster with, by delveDoctor.fastLaunch; undefined for nothing. */
export function fastFor(editor: Editor, folder: WorkspaceFolder | undefined): Fast | undefined {
  const { fastLaunch } = settingsFor(folder);
  if (fastLaunch === "off") return undefined;
  return { store, ...(fastLaunch === "ahead" && { ahead: aheadOf(editor) }) };
}

/** Ends what is built ahead. */
export async function endAhead(): Promise<void> {
  await ahead?.close();
}

/** Listens to saves from the first launch on that may be built ahead. Any file may be part of a build: go embeds them. */
function aheadOf({ context, log }: Editor): Ahead {
  if (ahead !== undefined) return ahead;
  const made = makeAhead(store, (line) => log.debug(line));
  context.subscriptions.push(
    workspace.onDidSaveTextDocument(({ uri }) => {
      const folder = workspace.getWorkspaceFolder(uri);
      if (uri.scheme === "file" && settingsFor(folder).fastLaunch === "ahead") made.saved();
    }),
  );
  ahead = made;
  return made;
}
