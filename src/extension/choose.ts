import { homedir } from "node:os";
import { type QuickPickItem, ThemeIcon, window, workspace } from "vscode";
import type { Written } from "../config/find.ts";
import { placeOf, withoutPlace } from "../config/placeAttribute.ts";
import { platformOf } from "../config/platform.ts";
import { resolve } from "../config/resolve.ts";
import { planned } from "../core/launch.ts";
import type { Outcome } from "../core/phases.ts";
import { say } from "../core/say.ts";
import { noTimeline } from "../core/timeline.ts";
import type { Profile } from "../hosts/hello.ts";
import { localHost } from "../hosts/local.ts";
import { duration } from "../report/words.ts";
import { connect } from "./connections.ts";
import type { Editor } from "./editor.ts";
import { breakpointsNow } from "./editorState.ts";
import { goExtension } from "./goExtension.ts";
import type { Followed } from "./launches.ts";
import { usualTimes } from "./memory.ts";
import { plainLabel } from "./plain.ts";
import { userSettingsOf, writtenIn } from "./target.ts";
import { configThere, type There, thereAt } from "./there.ts";

interface Item extends QuickPickItem {
  readonly followed: () => Promise<Followed>;
}

/**
 * What "Diagnose Delve launch" is about: the launch that is underway; else what a person picks of the last launch and the
 * configurations that can be looked at without launching. Undefined where they pick nothing.
 */
export async function chooseLaunch(editor: Editor): Promise<Followed | undefined> {
  const underway = editor.launches.underway().at(-1);
  if (underway !== undefined) return underway;
  const last = editor.launches.last();
  const items = [...(last === undefined ? [] : [lastItem(last)]), ...(await configurationItems(editor))];
  const [only] = items;
  if (only === undefined)
    throw new Error(say`there is no Go launch yet, and no Go configuration in launch.json to look at`);
  const title = say`Diagnose which launch?`;
  const chosen = items.length === 1 ? only : await window.showQuickPick(items, { title });
  return chosen?.followed();
}

/** How the last launch ended, after a time. */
const endings: Readonly<Record<Outcome, (time: string) => string>> = {
  stopped: (time) => say`the last launch: stopped after ${time}`,
  exited: (time) => say`the last launch: exited after ${time}`,
  failed: (time) => say`the last launch: failed after ${time}`,
  cancelled: (time) => say`the last launch: cancelled after ${time}`,
};

function lastItem(last: Followed): Item {
  const ms = last.state?.launch.timeline.totalMs ?? 0;
  const outcome = last.state?.launch.timeline.outcome;
  const time = duration(ms);
  return {
    label: plainLabel(last.name),
    iconPath: new ThemeIcon("history"),
    description: outcome === undefined ? say`the last launch: running after ${time}` : endings[outcome](time),
    followed: async () => last,
  };
}

async function configurationItems(editor: Editor): Promise<Item[]> {
  const folders = workspace.workspaceFolders ?? [];
  return (await writtenEverywhere(editor)).map(({ folder, written }) => ({
    label: plainLabel(written.name),
    iconPath: new ThemeIcon("debug-alt"),
    description: folders.length > 1 ? say`${folder.name}, without launching it` : say`without launching it`,
    followed: () => examination(editor, folder, written),
  }));
}

/**
 * A configuration by its name, to be looked at without launching it; where none is named the only one that there is. Throws one
 * line that names those that there are.
 */
export async function examinationOf(editor: Editor, name: string | undefined): Promise<Followed> {
  const all = await writtenEverywhere(editor);
  const found = all.filter(({ written }) => name === undefined || written.name === name);
  const [only] = found;
  if (only !== undefined && (found.length === 1 || name !== undefined))
    return examination(editor, only.folder, only.written);
  const names = all.map(({ written }) => `"${written.name}"`).join(", ");
  if (names === "")
    throw new Error(say`there is no Go launch yet, and no Go configuration in launch.json to look at`);
  throw new Error(
    name === undefined
      ? say`which configuration? There are ${names}`
      : say`there is no Go configuration "${name}"; there are ${names}`,
  );
}

async function writtenEverywhere({ context }: Editor) {
  const userSettings = await userSettingsOf(context);
  const all = await Promise.all(
    (workspace.workspaceFolders ?? []).map(async (folder) =>
      (await writtenIn(folder, userSettings)).map((written) => ({ folder, written })),
    ),
  );
  return all.flat();
}

/** A configuration looked at as if it were launched now, where it would run: resolved as VS Code and golang.go would. */
async function examination(
  editor: Editor,
  folder: Followed["folder"] & {},
  { name, config }: Written,
): Promise<Followed> {
  const here = folder.uri.fsPath;
  const around = {
    folder: here,
    folders: Object.fromEntries((workspace.workspaceFolders ?? []).map((one) => [one.name, one.uri.fsPath])),
    processEnv: process.env,
    userHome: homedir(),
    platform: platformOf(process.platform),
    toolsEnv: workspace.getConfiguration("go", folder).get<Record<string, string>>("toolsEnvVars", {}),
    ...fileOf(),
  };
  const there = thereAt(placeOf(config, around), here);
  const profile = there && (await profileOf(there));
  const resolution = await resolve(config, profile ? { ...around, ...homeOf(profile) } : around);
  if ("errors" in resolution) throw new Error(`${name}: ${resolution.errors.join("; ")}`);
  const resolved = { ...resolution.resolved.config, type: "go", name, request: resolution.resolved.request };
  const plan = there
    ? planned(configThere(resolved, there, { found: profile?.dlv, written: config }), there.folders.there)
    : planned(withoutPlace(resolved), here);
  const go = await goExtension(editor.context, false);
  const state = { ms: 0, tasks: [], go, breakpoints: breakpointsNow() };
  return editor.launches.add({
    name,
    via: "examination",
    folder,
    host: there?.host ?? localHost,
    ...(there && { there }),
    written: { ...config, type: "go", name, request: plan.request },
    usual: usualTimes(editor.context, plan),
    launch: () => ({ ...plan, editor: state, timeline: noTimeline }),
  });
}

/** A connection stays for a moment, so that looking at the machine next makes no other. */
async function profileOf({ on }: There): Promise<Profile> {
  const machine = await connect(on);
  await machine.close();
  return machine.profile;
}

/** What variables stand for there. */
function homeOf({ path, home }: Profile) {
  return { processEnv: { ...process.env, PATH: path, HOME: home }, userHome: home };
}

function fileOf(): { file?: string } {
  const file = window.activeTextEditor?.document;
  return file?.uri.scheme === "file" ? { file: file.fileName } : {};
}
