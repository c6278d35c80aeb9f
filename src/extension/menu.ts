import { commands, type QuickPickItem, ThemeIcon, window, workspace } from "vscode";
import { say } from "../core/say.ts";
import type { Editor } from "./editor.ts";
import { plainLabel } from "./plain.ts";
import { type Mode, setFor, settingsFor } from "./settings.ts";

interface Item extends QuickPickItem {
  readonly command: string;
}

/** The status item's menu. */
export async function showMenu({ launches }: Editor): Promise<void> {
  const last = launches.last();
  const { mode, skipConfigurations } = settingsFor(last?.folder);
  const skipped = last !== undefined && skipConfigurations.includes(last.name);
  const items: Item[] = [
    { label: say`Show Last Launch Report`, iconPath: new ThemeIcon("book"), command: "showReport" },
    { label: say`Diagnose Delve launch`, iconPath: new ThemeIcon("pulse"), command: "diagnose" },
    { label: say`Test Delve on This Machine`, iconPath: new ThemeIcon("beaker"), command: "selfTest" },
    {
      label: say`Choose Mode…`,
      iconPath: new ThemeIcon("settings-gear"),
      description: mode,
      command: "chooseMode",
    },
    ...(last === undefined
      ? []
      : [
          {
            iconPath: new ThemeIcon("circle-slash"),
            label: plainLabel(skipped ? say`Follow "${last.name}"` : say`Leave alone "${last.name}"`),
            description: skipped ? say`it is left alone now` : say`in this workspace`,
            command: "toggleConfiguration",
          },
        ]),
    { label: say`Open Issue…`, iconPath: new ThemeIcon("github"), command: "openIssue" },
    { label: say`Undo Last Fix`, iconPath: new ThemeIcon("discard"), command: "undoFix" },
    { label: say`Show Log`, iconPath: new ThemeIcon("output"), command: "showLog" },
  ];
  const chosen = await window.showQuickPick(items, { title: "Delve Doctor" });
  if (chosen !== undefined) await commands.executeCommand(`delveDoctor.${chosen.command}`);
}

const modes: readonly (QuickPickItem & { readonly mode: Mode })[] = [
  {
    label: "proxy",
    mode: "proxy",
    detail: say`Launches go through Delve Doctor: all phases, Cancel, early errors.`,
  },
  { label: "observe", mode: "observe", detail: say`Launches go their own way; Delve Doctor only listens.` },
  { label: "off", mode: "off", detail: say`Delve Doctor does nothing in this workspace.` },
];

/** Sets the mode for this workspace, or for the user where no folder is open. */
export async function chooseMode({ launches }: Editor): Promise<void> {
  const folder = launches.last()?.folder ?? workspace.workspaceFolders?.[0];
  const { mode: now } = settingsFor(folder);
  const items = modes.map((one) => ({ ...one, description: one.mode === now ? say`current` : "" }));
  const chosen = await window.showQuickPick(items, { title: say`Delve Doctor: Mode` });
  if (chosen !== undefined) await setFor(folder, "mode", chosen.mode);
}

/** Leaves the configuration of the last launch alone from now on, or follows it again. */
export async function toggleConfiguration({ launches }: Editor): Promise<void> {
  const last = launches.last();
  if (last === undefined)
    throw new Error(say`there is no Go launch yet whose configuration could be left alone`);
  const { skipConfigurations } = settingsFor(last.folder);
  const others = skipConfigurations.filter((name) => name !== last.name);
  const skips = others.length === skipConfigurations.length ? [...others, last.name] : others;
  await setFor(last.folder, "skipConfigurations", skips);
}
