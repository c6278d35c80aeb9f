import { platformOf } from "../config/platform.ts";
import type { Fix } from "../core/fix.ts";
import { type Change, changeOf } from "../fixes/change.ts";
import { changeThere } from "../fixes/changeThere.ts";
import { diffOf, sharedDiffOf } from "../fixes/preview.ts";
import { rootLine, shellLine } from "../fixes/shellLine.ts";
import { jsonText } from "../report/jsonText.ts";
import type { Report } from "../report/report.ts";
import { reportText } from "../report/text.ts";
import type { Chosen } from "./choose.ts";
import type { Screen } from "./screen.ts";
import { type Status, status } from "./stop.ts";

/** Where a fix is to act. */
type Where = Pick<Chosen, "planned" | "folder" | "config" | "written" | "host" | "container">;

/** Answers with the report, as text with the diffs and commands of its preferred fixes, or as JSON. */
export async function answerReport(
  report: Report,
  chosen: Where,
  screen: Screen,
  json: boolean,
): Promise<void> {
  if (json) screen.answer(`${jsonText(report, 2)}\n`);
  else {
    const previews = await previewsOf(report, chosen, !screen.seen);
    screen.answer(`\n${reportText(report, { color: screen.color, width: screen.width(), previews })}`);
  }
}

/**
 * What a report's fixes come to in this folder now, as diff or command, by id. Advice says itself what it is. `shared` is
 * for a reader who may be anybody: lines of the person's files that may be secret are left out.
 */
export async function previewsOf(
  report: Report,
  chosen: Where,
  shared = false,
): Promise<ReadonlyMap<string, string>> {
  const fixes = report.findings.flatMap((finding) => finding.fixes.filter((fix) => fix.preferred));
  const previews = await Promise.all(
    fixes.map(async (fix) => [fix.id, short(fix, await changeIn(fix, chosen), shared)] as const),
  );
  return new Map(previews.flatMap(([id, text]) => (text === undefined ? [] : [[id, text]])));
}

/** What one fix changes where this launch is configured; of another host see changeThere. */
export function changeIn(fix: Fix, chosen: Where): Promise<Change> {
  const { planned, folder, config, written, host, container } = chosen;
  const target = {
    folder,
    platform: platformOf(process.platform),
    config,
    ...(written !== undefined && { source: written.source }),
    ...(container !== undefined && { container }),
  };
  if (host === undefined) return changeOf(fix, target);
  return changeThere(fix, target, { name: host, folder: planned.folder });
}

function short(fix: Fix, change: Change, shared: boolean): string | undefined {
  if (change.kind === "text") return shared ? sharedDiffOf(fix, change) : diffOf(change);
  if (change.kind === "command") return change.needsRoot ? rootLine(change.argv) : shellLine(change.argv);
  return undefined;
}

/** 0 only where nothing was found and the launch got where it should. */
export function statusOf(report: Report, reached: boolean): Status {
  return reached && report.findings.length === 0 ? status.fine : status.found;
}
