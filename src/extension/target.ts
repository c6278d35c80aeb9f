import { type ExtensionContext, Uri, type WorkspaceFolder, workspace } from "vscode";
import { findConfigurations, findIn, type Written } from "../config/find.ts";
import { platformOf } from "../config/platform.ts";
import { readText } from "../config/text.ts";
import type { Fix } from "../core/fix.ts";
import { type Change, changeOf, type Target } from "../fixes/change.ts";
import { changeThere } from "../fixes/changeThere.ts";
import type { Followed } from "./launches.ts";

/** Reads a file as the person sees it: a buffer that is open counts, saved or not. Undefined where there is no file. */
async function readBuffer(file: string): Promise<string | undefined> {
  if ((await readText(file)) === undefined) return undefined;
  return (await workspace.openTextDocument(Uri.file(file))).getText();
}

/**
 * The user's settings.json, two folders above the extension's storage, also in a profile of VS Code's own. Undefined where
 * it is not on this machine: in a remote window the settings are on the person's.
 */
export async function userSettingsOf({ globalStorageUri }: ExtensionContext): Promise<string | undefined> {
  const file = Uri.joinPath(globalStorageUri, "..", "..", "settings.json").fsPath;
  const text = await readText(file).catch(() => undefined);
  return text === undefined ? undefined : file;
}

/** The Go configurations that are written down for a folder: its launch.json first, the workspace file, the user's settings. */
export async function writtenIn(folder: WorkspaceFolder, userSettings?: string): Promise<Written[]> {
  const { configurations } = await findConfigurations(folder.uri.fsPath, userSettings);
  const shared = await inWorkspaceFile();
  const known = new Set(configurations.map(({ source }) => source.file));
  const isUsers = ({ source }: Written) => source.file === userSettings;
  return [
    ...configurations.filter((one) => !isUsers(one)),
    ...shared.filter(({ source }) => !known.has(source.file)),
    ...configurations.filter(isUsers),
  ].filter(({ type }) => type === "go");
}

async function inWorkspaceFile(): Promise<readonly Written[]> {
  const file = workspace.workspaceFile;
  if (file?.scheme !== "file") return [];
  const text = await readText(file.fsPath);
  return text === undefined ? [] : findIn(text, file.fsPath, ["launch"]).configurations;
}

/**
 * Where the fixes of a launch act. A configuration that is written nowhere was made by an extension; without `context` one
 * in the user's settings counts as such.
 */
export async function targetOf(
  { folder, name, written, launch, host, there }: Followed,
  context?: ExtensionContext,
): Promise<Target> {
  const base = folder ?? workspace.workspaceFolders?.[0];
  const userSettings = context && (await userSettingsOf(context));
  const all = base === undefined ? [] : await writtenIn(base, userSettings);
  const found = all.find((one) => one.name === name);
  return {
    folder: base?.uri.fsPath ?? launch().folder,
    platform: platformOf(process.platform),
    config: found?.config ?? written ?? launch().config,
    ...(found !== undefined && { source: found.source }),
    ...(userSettings !== undefined && { userSettings }),
    ...(there !== undefined && { container: host }),
  };
}

/** What a fix of a launch comes to now, where the launch is configured and where it runs. */
export async function changeFor(fix: Fix, followed: Followed, context: ExtensionContext): Promise<Change> {
  const target = await targetOf(followed, context);
  const { there } = followed;
  if (there === undefined) return changeOf(fix, target, readBuffer);
  return changeThere(fix, target, { name: there.host.name, folder: there.folders.there }, readBuffer);
}
