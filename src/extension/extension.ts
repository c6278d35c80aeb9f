import {
  commands,
  type DebugConfiguration,
  type DebugSession,
  debug,
  type ExtensionContext,
  l10n,
  window,
} from "vscode";
import { say, speak } from "../core/say.ts";
import type { AgentTools } from "./agentTools.ts";
import { watchTasks } from "./before.ts";
import { makeBegun } from "./begun.ts";
import type { CommandName, Commands } from "./commands.ts";
import { serveDocuments } from "./documents.ts";
import { type Editor, inBackground } from "./editor.ts";
import { ruleText } from "./explain.ts";
import { makeHistory } from "./history.ts";
import { makeHistoryView, showHistoryView } from "./historyView.ts";
import { watchDocuments } from "./language.ts";
import { makeLaunches } from "./launches.ts";
import { plain, plainLog } from "./plain.ts";
import { makeFirstProvider, makeProvider } from "./provider.ts";
import { onceGoIsOpen } from "./ready.ts";
import type { Surfaces } from "./surfaces.ts";
import { registerTools } from "./tools.ts";

/** Every command of package.json: what it does is in commands.ts, which is loaded at the first use. */
const names: readonly CommandName[] = [
  "applyFix",
  "chooseMode",
  "clearHistory",
  "compareSelected",
  "compareWithPrevious",
  "copyReport",
  "diagnose",
  "explainRule",
  "ignoreCause",
  "openIssue",
  "openLaunch",
  "rerunLaunch",
  "saveTrace",
  "selfTest",
  "showLog",
  "showMenu",
  "showReport",
  "toggleConfiguration",
  "undoFix",
];

let surfaces: Promise<Surfaces> | undefined;
let made: Promise<Commands> | undefined;
let agents: Promise<AgentTools> | undefined;
let documents: ReturnType<typeof watchDocuments> | undefined;

/** Registers what VS Code must know before the first launch. Everything else waits for a first use. */
export function activate(context: ExtensionContext): void {
  // A fork of VS Code may be without languages.
  speak(l10n?.bundle ?? {});
  const sessions = new Map<unknown, DebugSession>();
  const log = plainLog(window.createOutputChannel("Delve Doctor", { log: true }));
  const launches = makeLaunches();
  const seen = new Map<string, DebugConfiguration>();
  const history = makeHistory(context);
  const editor: Editor = { context, log, launches, history, sessions, seen };
  const tasks = watchTasks();
  documents = watchDocuments(editor);
  const load = () => {
    showHistoryView();
    surfaces ??= import("./surfaces.ts").then(({ openSurfaces }) => openSurfaces(editor));
    return surfaces;
  };
  // Nobody shall wait for this at the first launch. It is read, and what is opened shows the last launch that there was.
  const prepare = () => {
    showHistoryView();
    inBackground(
      editor,
      import("./surfaces.ts").then(({ showLast }) => showLast(editor)),
    );
  };
  const loadCommands = async () => {
    // What a command does shows in the surfaces.
    await load();
    made ??= import("./commands.ts").then(({ makeCommands }) => makeCommands(editor));
    return made;
  };
  const begun = makeBegun(tasks, (late) =>
    inBackground(
      editor,
      load().then(({ wait }) => wait(late)),
    ),
  );
  context.subscriptions.push(
    log,
    ...serveDocuments(ruleText),
    ...registerTools(
      async () => {
        await load();
        agents ??= import("./agentTools.ts").then(({ makeAgentTools }) => makeAgentTools(editor));
        return agents;
      },
      (error) => log.error(messageOf(error)),
    ),
    launches,
    history,
    ...makeHistoryView(editor),
    tasks,
    onceGoIsOpen(prepare),
    debug.registerDebugConfigurationProvider("go", makeFirstProvider(begun, prepare)),
    debug.registerDebugConfigurationProvider(
      "*",
      makeProvider(editor, begun, async (coming) => (await load()).serve(coming)),
    ),
    debug.registerDebugAdapterTrackerFactory("go", {
      async createDebugAdapterTracker(session) {
        try {
          return (await load()).observe(session);
        } catch (error) {
          log.error(`${session.name}: not observed, because ${messageOf(error)}`);
          return undefined;
        }
      },
    }),
    debug.onDidStartDebugSession((session) => {
      sessions.set(session.configuration["debugServer"], session);
    }),
    debug.onDidTerminateDebugSession((session) => {
      sessions.delete(session.configuration["debugServer"]);
    }),
    ...names.map((name) =>
      commands.registerCommand(`delveDoctor.${name}`, async (...args: readonly unknown[]) => {
        try {
          await (await loadCommands())[name](...args);
        } catch (error) {
          log.error(error instanceof Error ? error : String(error));
          const shown = await window.showErrorMessage(
            plain(`Delve Doctor: ${messageOf(error)}`),
            say`Show Log`,
          );
          if (shown !== undefined) log.show();
        }
      }),
    ),
  );
}

/** Ends what runs through us, so that no dlv and no server is left behind. */
export async function deactivate(): Promise<void> {
  await Promise.all([documents?.dispose(), surfaces?.then(({ close }) => close())]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
