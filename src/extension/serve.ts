import type { Socket } from "node:net";
import { homedir } from "node:os";
import { dirname, isAbsolute } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CancellationError, type DebugConfiguration, debug, type WorkspaceFolder, workspace } from "vscode";
import { withoutPlace } from "../config/placeAttribute.ts";
import type { EditorState } from "../core/editor.ts";
import { type Planned, planned } from "../core/launch.ts";
import { localHost } from "../hosts/local.ts";
import type { Machine } from "../hosts/machine.ts";
import { treeSampler } from "../hosts/procfs.ts";
import { type Listener, listen } from "../proxy/listen.ts";
import { openSession, type Session } from "../session/session.ts";
import type { TrackOptions } from "../session/track.ts";
import { diagnoseButton } from "./button.ts";
import { closeConnections, connect } from "./connections.ts";
import type { Editor } from "./editor.ts";
import { breakpointsNow, editorState } from "./editorState.ts";
import { endAhead, fastFor } from "./fast.ts";
import { goExtension } from "./goExtension.ts";
import { openLaunchLog, rememberTasks, usualTimes, withLastBuild } from "./memory.ts";
import type { Coming } from "./provider.ts";
import { settingsFor } from "./settings.ts";
import { configThere, type There, thereOf, visit } from "./there.ts";

/**
 * How long (ms) nobody may use a port before it is closed. Between resolving a configuration and connecting, VS Code may
 * ask whether to start it a second time, and runs its tasks; it restarts a session on the same port without resolving
 * anew, 300 ms later or once the tasks have run.
 */
const restartMs = 30_000;
const patientMs = 30 * 60_000;
const tasks = ["preLaunchTask", "postDebugTask", "preRestartTask", "postRestartTask"];
/** How long (ms) the sessions may take to end dlv when VS Code closes. */
const goodbyeMs = 3000;

const open = new Map<Listener, Session | undefined>();

/**
 * Opens a port for one resolved configuration, and gives the configuration that VS Code connects to it with: each
 * connection is a launch of it. One that runs elsewhere waits for the connection there; undefined where the person
 * cancelled that.
 */
export async function serve(editor: Editor, coming: Coming): Promise<DebugConfiguration | undefined> {
  const { folder, config } = coming;
  const there = thereOf(config, planOf(folder, config).folder);
  if (there === undefined) return served(editor, { ...coming, config: withoutPlace(config) });
  const first = connect(there.on);
  let found: string | undefined;
  try {
    found = (await first).profile.dlv;
  } catch (error) {
    if (error instanceof CancellationError) return undefined;
    // Its launch fails with what went wrong, in VS Code's own dialog.
  }
  return served(
    editor,
    { ...coming, config: configThere(config, there, { found, written: coming.written }) },
    there,
    first,
  );
}

/** `first` is the connection that was made for the first session; later ones join it or make their own. */
async function served(
  editor: Editor,
  coming: Coming,
  there?: There,
  first?: Promise<Machine>,
): Promise<DebugConfiguration> {
  const { folder, config } = coming;
  const plan = there === undefined ? planOf(folder, config) : planned(config, there.folders.there);
  let connection = first;
  const again = tasks.some((task) => config[task] !== undefined) ? patientMs : restartMs;
  let unused: NodeJS.Timeout | undefined;
  const state = await stateOf(editor, coming);
  let isFirst = true;
  const listener = await listen((socket) => {
    clearTimeout(unused);
    const away = there && { there, connection: connection ?? connect(there.on) };
    connection = undefined;
    const session = beginOrRefuse(editor, socket, {
      ...{
        coming,
        plan: { ...plan, ...(state && { editor: stateNow(state, isFirst) }) },
        port: listener.port,
      },
      ...(away && { away }),
    });
    // A restart resolves nothing anew.
    isFirst = false;
    open.set(listener, session);
    void session.done.then(() => {
      if (open.get(listener) === session) waitForNext(again);
    });
    return session;
  });
  const waitForNext = (patience: number) => {
    open.set(listener, undefined);
    unused = setTimeout(() => {
      open.delete(listener);
      listener.close();
      connection?.then(({ close }) => close()).catch(() => {});
    }, patience);
    unused.unref();
  };
  waitForNext(patientMs);
  return { ...config, debugServer: listener.port };
}

/** What VS Code did for a launch until now; undefined where it was not seen to begin. */
async function stateOf(editor: Editor, { begun }: Coming): Promise<EditorState | undefined> {
  if (begun === undefined) return undefined;
  try {
    const state = editorState(begun, await goExtension(editor.context, true));
    rememberTasks(editor.context, state.tasks);
    return state;
  } catch (error) {
    // It only adds to a report: a launch waits for nothing of the kind.
    editor.log.error(error instanceof Error ? error : String(error));
    return undefined;
  }
}

/** The same at a connection: before a restart nothing of it happens, and a person may have set other breakpoints. */
function stateNow(state: EditorState, isFirst: boolean): EditorState {
  return { ...state, ...(!isFirst && { ms: 0, tasks: [] }), breakpoints: breakpointsNow() };
}

/** True for a `debugServer` that is a port of ours. */
export function isOurs(debugServer: unknown): boolean {
  return [...open.keys()].some(({ port }) => port === debugServer);
}

/** Ends every session and closes every port. */
export async function closeAll(): Promise<void> {
  const sessions = [...open.values()].flatMap((session) => session?.done ?? []);
  for (const listener of open.keys()) listener.close();
  open.clear();
  await Promise.race([Promise.all([...sessions, endAhead()]), sleep(goodbyeMs)]);
  await Promise.race([closeConnections(), sleep(goodbyeMs)]);
}

/** What is launched, and where its folder is: golang.go takes the first folder where a configuration belongs to none. */
export function planOf(folder: WorkspaceFolder | undefined, config: DebugConfiguration): Planned {
  const first = folder ?? workspace.workspaceFolders?.[0];
  const program: unknown = config["__buildDir"] ?? config["program"];
  const beside = typeof program === "string" && isAbsolute(program) ? dirname(program) : homedir();
  return planned(config, first?.uri.fsPath ?? beside);
}

/** What following a launch takes, however its messages come by. */
export function trackOptions(
  editor: Editor,
  folder: WorkspaceFolder | undefined,
  plan: Planned,
): Omit<TrackOptions, "changed" | "log"> {
  const { stallAfter } = settingsFor(folder);
  return {
    planned: withLastBuild(editor.context, plan),
    host: localHost,
    // The editor judges by itself (diagnose.ts), with causes that it reads only then.
    usual: usualTimes(editor.context, plan),
    sample: treeSampler(),
    ...(stallAfter !== undefined && { stallAfter }),
  };
}

interface Client {
  readonly coming: Coming;
  readonly plan: Planned;
  readonly port: number;
  /** The machine that it runs on, where that is not this one, and the connection there. */
  readonly away?: { readonly there: There; readonly connection: Promise<Machine> };
}

/** VS Code knows only our port by now: what fails here must at least not keep it waiting. */
function beginOrRefuse(editor: Editor, socket: Socket, client: Client): Session {
  try {
    return begin(editor, socket, client);
  } catch (error) {
    editor.log.error(error instanceof Error ? error : String(error));
    socket.destroy();
    throw error;
  }
}

function begin(editor: Editor, socket: Socket, { coming, plan, port, away }: Client): Session {
  const { folder, written } = coming;
  const events = openLaunchLog(editor.context);
  const visited = away && visit(away.there, away.connection);
  const options = {
    ...trackOptions(editor, folder, plan),
    ...visited?.options,
    ...(away && { planned: plan }),
  };
  const { keepAliveMs } = settingsFor(folder);
  const fast = away === undefined ? fastFor(editor, folder) : undefined;
  const session = openSession(socket, {
    ...options,
    ...(keepAliveMs !== undefined && { keepAliveMs }),
    ...(fast && { fast }),
    log: events.write,
    decorate: (error) => ({ ...error, ...diagnoseButton(followed.id) }),
    changed(state) {
      followed.state = state;
      editor.launches.changed(followed);
    },
  });
  const followed = editor.launches.add({
    name: plan.name,
    via: "proxy",
    folder,
    host: options.host,
    written,
    ...(away && { there: away.there }),
    launch: session.launch,
    events: session.events,
    usual: options.usual,
    cancel: session.cancel,
    async end() {
      session.cancel();
      // Once a launch is over its session is VS Code's to stop.
      const running = editor.sessions.get(port);
      if (running !== undefined) await debug.stopDebugging(running);
      await session.done;
    },
  });
  editor.log.info(`${plan.name}: launching through 127.0.0.1:${port}`);
  void session.done.then(() => {
    events.close();
    editor.launches.gone(followed);
    void visited?.leave();
  });
  return session;
}
