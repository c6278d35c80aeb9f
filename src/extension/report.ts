import { homedir, hostname, userInfo } from "node:os";
import { env, extensions, version, window } from "vscode";
import { say } from "../core/say.ts";
import { commandLine, diffOf } from "../fixes/preview.ts";
import { localHost } from "../hosts/local.ts";
import { reportMarkdown } from "../report/markdown.ts";
import type { Report } from "../report/report.ts";
import { shareable } from "../report/share.ts";
import { diagnose, fromThere } from "./diagnose.ts";
import { documentUri, setDocument, showPage } from "./documents.ts";
import type { Editor } from "./editor.ts";
import type { Followed } from "./launches.ts";
import { changeFor } from "./target.ts";

const versionLimits = { ms: 5000, bytes: 4096 };

/** Diagnoses a launch as it is now and shows the report; one that is open already is brought up to date. */
export async function showReport(editor: Editor, followed: Followed): Promise<void> {
  const report = await diagnose(editor, followed);
  const uri = documentUri(say`Delve report: ${followed.name}`, followed.id);
  const previews = await previewsOf(editor, followed, report);
  setDocument(uri, await markdownOf(editor, followed, report, previews));
  editor.log.info(`${followed.name}: ${report.findings[0]?.because ?? `${report.outcome}, nothing found`}`);
  await showPage(uri);
}

/** Copies the report without what names a person, a machine or a secret, and says what that was. */
export async function copyReport(editor: Editor, followed: Followed): Promise<void> {
  const { text, hid } = await sharedReport(editor, followed);
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(`$(check) ${say`The report is on the clipboard. ${hid}`}`, 8000);
}

/** The report as it may be shared: its Markdown, the last line of it, and what it was made of. */
export async function sharedReport(
  editor: Editor,
  followed: Followed,
): Promise<{ readonly report: Report; readonly text: string; readonly hid: string }> {
  const report = followed.diagnosed?.report ?? (await diagnose(editor, followed));
  // Without previews: a diff holds lines of the person's own files.
  const text = await markdownOf(editor, followed, report, undefined);
  const { username: user } = userInfo();
  const me = { user, home: homedir(), hosts: [hostname(), localHost.name, followed.host.name] };
  return { report, ...shareable(text, me) };
}

async function markdownOf(
  editor: Editor,
  followed: Followed,
  report: Report,
  previews: ReadonlyMap<string, string> | undefined,
): Promise<string> {
  const { repeats } = followed;
  return reportMarkdown(report, {
    versions: await versionsOf(editor, followed),
    ...(previews !== undefined && { previews }),
    ...(repeats !== undefined && { before: repeats }),
  });
}

/** What each fix would do, as it would be done now. */
async function previewsOf(
  { context }: Editor,
  followed: Followed,
  report: Report,
): Promise<ReadonlyMap<string, string>> {
  const previews = new Map<string, string>();
  for (const fix of report.findings.flatMap(({ fixes }) => fixes)) {
    const change = await changeFor(fix, followed, context);
    if (change.kind === "text") previews.set(fix.id, diffOf(change));
    if (change.kind === "command") previews.set(fix.id, commandLine(change));
  }
  return previews;
}

async function versionsOf({ context }: Editor, followed: Followed): Promise<string[]> {
  const { host, behind, launch } = followed;
  const { dlv, cwd, env: added } = fromThere(launch(), behind);
  const ask = async (...argv: string[]) => {
    try {
      const { stdout } = await host.run({ argv, cwd, env: added }, versionLimits);
      return stdout;
    } catch {
      return "";
    }
  };
  const [delve, go] = await Promise.all([ask(dlv, "version"), ask("go", "version")]);
  const golang = extensions.getExtension("golang.go")?.packageJSON.version;
  return [
    `Delve ${/^Version: (\S+)/m.exec(delve)?.[1] ?? "unknown"}`,
    go.trim() || "Go unknown",
    `VS Code ${version}`,
    ...(typeof golang === "string" ? [`Go extension ${golang}`] : []),
    `Delve Doctor ${context.extension.packageJSON.version}`,
  ];
}
