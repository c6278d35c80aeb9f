import { Uri, type WorkspaceFolder, workspace } from "vscode";
import { findConfigurations, findIn, type Written } from "../config/find.ts";
import { platformOf } from "../config/platform.ts";
import { readText } from "../config/text.ts";
import type { Target } from "../fixes/change.ts";
import type { Followed } from "./launches.ts";

/** Reads a file as the person sees it: a buffer that is open counts, saved or not. Undefined where there is no file. */
export async function readBuffer(file: string): Promise<string | undefined> {
  if ((await readText(file)) === undefined) return undefined;
  return (await workspace.openTextDocument(Uri.file(file))).getText();
}

/** The Go configurations that are written down for a folder, its own launch.json first and the workspace file last. */
export async function writtenIn(folder: WorkspaceFolder): Promise<Written[]> {
  const { configurations } = await findConfigurations(folder.uri.fsPath);
  const shared = await inWorkspaceFile();
  const known = new Set(configurations.map(({ source }) => source.file));
  return [...configurations, ...shared.filter(({ source }) => !known.has(source.file))].filter(
    ({ type }) => type === "go",
  );
}

async function inWorkspaceFile(): Promise<readonly Written[]> {
  const file = workspace.workspaceFile;
  if (file?.scheme !== "file") return [];
  const text = await readText(file.fsPath);
  return text === undefined ? [] : findIn(text, file.fsPath, ["launch"]).configurations;
}

/** Where the fixes of a launch act. A configuration that is written nowhere was made by an extension. */
export async function targetOf({ folder, name, written, launch }: Followed): Promise<Target> {
  const base = folder ?? workspace.workspaceFolders?.[0];
  const all = base === undefined ? [] : await writtenIn(base);
  const found = all.find((one) => one.name === name);
  return {
    folder: base?.uri.fsPath ?? launch().folder,
    platform: platformOf(process.platform),
    config: found?.config ?? written ?? launch().config,
    ...(found !== undefined && { source: found.source }),
  };
}
