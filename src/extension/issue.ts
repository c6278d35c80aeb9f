import { commands, env, type QuickPickItem, Uri, window, workspace } from "vscode";
import { say } from "../core/say.ts";
import { newIssue, repositoryOf, type Tracker, threadsOf, trackerOf } from "../report/issue.ts";
import type { Report } from "../report/report.ts";
import { scheme, setDocument } from "./documents.ts";
import type { Editor } from "./editor.ts";
import type { Followed } from "./launches.ts";
import { copyReport, sharedReport } from "./report.ts";

interface Choice extends QuickPickItem {
  readonly run: () => Promise<void>;
}

const trackers: readonly { readonly tracker: Tracker; readonly about: () => string }[] = [
  { tracker: "go-delve/delve", about: () => say`Delve: dlv fails, or a breakpoint does` },
  { tracker: "golang/vscode-go", about: () => say`the Go extension: it resolves launches and starts dlv` },
  { tracker: "golang/go", about: () => say`Go: its build fails or takes long` },
];

/**
 * Offers the public threads about a launch's best finding, and a new issue with the report in it. Nothing is opened that the
 * person has not seen and agreed to, and nothing is sent: a page in the browser is filled in.
 */
export async function openIssue(editor: Editor, followed: Followed): Promise<void> {
  const { report, text, hid } = await sharedReport(editor, followed);
  const open = async (repository: string) => review(repository, report, text, hid);
  const best = trackerOf(report);
  const sorted = trackers.toSorted(
    (one, other) => Number(other.tracker === best) - Number(one.tracker === best),
  );
  const items: Choice[] = [
    ...(await knownThreads(report)),
    ...sorted.map(({ tracker, about }) => ({
      label: say`New issue in ${tracker}…`,
      description: about(),
      run: () => open(tracker),
    })),
    { ...ownChoice(editor, followed, open), description: say`this extension is wrong` },
  ];
  const options = {
    title: say`Open which issue?`,
    placeHolder: say`Nothing is sent: a page opens in the browser, after you have seen what is on it`,
  };
  await (await window.showQuickPick(items, options))?.run();
}

async function knownThreads({ findings: [best] }: Report): Promise<Choice[]> {
  if (best === undefined) return [];
  const { causes } = await import("../causes/index.ts");
  const sources = causes.find(({ id }) => id === best.cause)?.about.sources ?? [];
  return threadsOf(sources).map(({ name, url }) => ({
    label: say`Open ${name}`,
    description: say`known: ${best.title}`,
    detail: url,
    run: async () => browse(url),
  }));
}

/** Where the manifest names no repository there is nowhere to open an issue. */
function ownChoice(editor: Editor, followed: Followed, open: (repository: string) => Promise<void>): Choice {
  const own = repositoryOf(editor.context.extension.packageJSON);
  if (own !== undefined) return { label: say`New issue in ${own}…`, run: () => open(own) };
  return {
    label: say`Copy the report for Delve Doctor`,
    detail: say`Its manifest names no public repository, so there is no tracker to open.`,
    run: () => copyReport(editor, followed),
  };
}

/** Shows what would be on the page, exactly, and opens that once the person agrees. */
async function review(repository: string, report: Report, text: string, hid: string): Promise<void> {
  const { title, body, url, isWhole } = newIssue(repository, report, text);
  const name = say`New issue in ${repository}`.replaceAll("/", "∕");
  const uri = Uri.from({ scheme, path: `/issues/${name}.md` });
  setDocument(uri, `# ${title}\n\n${body}`);
  // As text and not as a preview: this is what others will get.
  await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  const answers: Choice[] = [
    {
      label: say`Open in Browser`,
      description: isWhole ? "" : say`the rest goes to the clipboard`,
      run: async () => {
        if (!isWhole) await env.clipboard.writeText(text);
        await browse(url);
      },
    },
    {
      label: say`Copy the Report Instead`,
      run: async () => env.clipboard.writeText(text),
    },
    { label: say`Discard`, run: async () => {} },
  ];
  const options = { title: say`Open this page in ${repository}?`, placeHolder: hid, ignoreFocusOut: true };
  await (await window.showQuickPick(answers, options))?.run();
}

/** As a text: a Uri would be written anew, and what stands for "&" in the report would then end it. */
async function browse(url: string): Promise<void> {
  await commands.executeCommand("vscode.open", url);
}
