import { workspace } from "vscode";
import { pastLaunch } from "../core/history.ts";
import type { Launch } from "../core/launch.ts";
import { type Editor, inBackground } from "./editor.ts";
import { type Followed, isUnderway } from "./launches.ts";
import { type Versions, versionsOfLaunch } from "./versions.ts";

/** What was known of a launch when it was put into the history last. */
interface Known {
  readonly at: number;
  versions?: Versions;
  last?: readonly unknown[];
}

/** Puts each launch that runs or has ended into the workspace's history, and again once more is known of it. */
export function recordLaunches(editor: Editor): void {
  const { launches, history, context } = editor;
  const all = new WeakMap<Followed, Known>();

  const record = (followed: Followed, launch: Launch, known: Known) => {
    const findings = followed.diagnosed?.report.findings ?? [];
    const facts = [launch.timeline.outcome, followed.diagnosed, known.versions];
    if (known.last?.every((fact, index) => fact === facts[index])) return;
    known.last = facts;
    const causes = findings.map(({ cause, because }) => ({ id: cause, because }));
    const { host } = followed;
    history.put(
      pastLaunch(launch, { id: history.idOf(followed), at: known.at, host, causes, ...known.versions }),
    );
  };

  const update = (followed: Followed) => {
    const { state, via } = followed;
    if (state === undefined || via === "waiting" || via === "examination") return;
    const known: Known = all.get(followed) ?? { at: Date.now() };
    all.set(followed, known);
    if (isUnderway(followed)) return;
    const isFirst = known.last === undefined;
    record(followed, state.launch, known);
    // Dlv and go may be what a folder has chosen.
    if (!isFirst || !workspace.isTrusted) return;
    const ask = async () => {
      known.versions = await versionsOfLaunch(followed.host, state.launch);
      // A person may have cleared the history meanwhile.
      if (history.get(history.idOf(followed)) !== undefined)
        record(followed, followed.state?.launch ?? state.launch, known);
    };
    inBackground(editor, ask());
  };
  context.subscriptions.push(launches.onChanged(update));
}
