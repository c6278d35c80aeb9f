import { setTimeout as sleep } from "node:timers/promises";
import { debug, workspace } from "vscode";
import { say } from "../core/say.ts";
import type { Change } from "../fixes/change.ts";
import type { Report } from "../report/report.ts";
import type { Editor } from "./editor.ts";
import type { Followed } from "./launches.ts";

/** How long (ms) VS Code may take to notice that a file of settings or configurations was saved. */
const noticeMs = 3000;

/** Applies a change, and waits until VS Code goes by it where it is one of its own files. */
export async function noticed(change: Change, apply: () => Promise<boolean>): Promise<boolean> {
  const concerned = change.kind === "text" && /[/\\]\.vscode[/\\]|\.code-workspace$/.test(change.file);
  if (!concerned) return apply();
  let heard: { dispose(): void } | undefined;
  const news = new Promise<void>((resolve) => {
    heard = workspace.onDidChangeConfiguration(() => resolve());
  });
  try {
    const applied = await apply();
    if (applied) await Promise.race([news, sleep(noticeMs)]);
    return applied;
  } finally {
    heard?.dispose();
  }
}

/** Starts a launch once more, after ending what is left of it. `before` is what the next report compares with. */
export async function relaunch({ launches }: Editor, followed: Followed, before: Report): Promise<void> {
  const { name, folder, written, end } = followed;
  await end?.();
  launches.compareNext(name, before);
  const listed: unknown = workspace.getConfiguration("launch", folder).get("configurations");
  const isListed = Array.isArray(listed) && listed.some((one: { name?: unknown }) => one?.name === name);
  const configuration = isListed ? name : written;
  if (configuration === undefined) throw new Error(say`${name} is no longer a configuration of launch.json`);
  await debug.startDebugging(folder, configuration);
}
