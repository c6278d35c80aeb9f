import { hostname } from "node:os";
import {
  CancellationError,
  type ExtensionContext,
  ProgressLocation,
  type QuickPickItem,
  ThemeIcon,
  Uri,
  window,
  workspace,
} from "vscode";
import { readBehind } from "../core/behind.ts";
import { readPlace, writtenPlace } from "../core/placeAttribute.ts";
import { say } from "../core/say.ts";
import { findDlv } from "../hosts/findDlv.ts";
import { here, type Place, placeOn } from "../remote/place.ts";
import { selfTestMarkdown } from "../selftest/markdown.ts";
import { type SelfTestOptions, selfTest } from "../selftest/selfTest.ts";
import { type SelfTest, stepIds, titleOf } from "../selftest/steps.ts";
import { connect } from "./connections.ts";
import { scheme, setDocument, showPage } from "./documents.ts";
import type { Editor } from "./editor.ts";
import { plain, plainLabel } from "./plain.ts";
import { userSettingsOf, writtenIn } from "./target.ts";

/** A machine that can be tested. Without `on` it is this one. */
interface Item extends QuickPickItem {
  readonly on?: string;
  /** The dlv that a configuration wants there. */
  readonly dlv?: string;
}

/** "Test Delve on This Machine": tries the parts of a debug launch, and shows what came of each on a page. */
export async function showSelfTest({ context, log }: Editor): Promise<void> {
  if (!workspace.isTrusted) throw new Error(say`nothing is run in a workspace that is not trusted`);
  const chosen = await choose(context);
  if (chosen === undefined) return;
  const name = chosen.on ?? hostname();
  const options = {
    location: ProgressLocation.Notification,
    title: plain(say`Testing Delve on ${name}`),
    cancellable: true,
  };
  const test = await window.withProgress(options, async (progress, token) => {
    const cancelled = new AbortController();
    token.onCancellationRequested(() => cancelled.abort());
    return run(chosen, cancelled.signal, (message, increment) => progress.report({ message, increment }));
  });
  if (test === undefined) return;
  log.info(`self-test on ${name}: ${test.steps.map(({ id, result }) => `${id} ${result}`).join(", ")}`);
  const uri = Uri.from({ scheme, path: `/self-test/${say`Delve self-test`}`, query: name });
  setDocument(uri, selfTestMarkdown(test));
  await showPage(uri);
}

/** Runs it where it was asked for. Undefined where the person has cancelled: then there is nothing to show. */
async function run(
  { on, dlv }: Item,
  signal: AbortSignal,
  told: (message: string, increment: number) => void,
): Promise<SelfTest | undefined> {
  const place = on === undefined ? here : await placeThere(on, signal);
  if (place === undefined) return undefined;
  try {
    const common = {
      place,
      signal,
      begins: (id) => told(titleOf(id), 100 / stepIds.length),
    } satisfies Partial<SelfTestOptions>;
    const test = await selfTest(
      place.machine === undefined
        ? { ...common, ...ownTools() }
        : { ...common, dlv: dlv ?? place.machine.profile.dlv ?? "dlv" },
    );
    return signal.aborted ? undefined : test;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    await place.close();
  }
}

/** Connects. Undefined where the person cancels that, in our message or in the one about the connection. */
async function placeThere(on: string, signal: AbortSignal): Promise<Place | undefined> {
  const connecting = connect(on);
  const gone = new Promise<undefined>((resolve) => {
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  try {
    const machine = await Promise.race([connecting, gone]);
    if (machine !== undefined) return placeOn(machine);
    // A connection that comes after all is nobody's.
    connecting.then(
      (late) => late.close(),
      () => {},
    );
    return undefined;
  } catch (error) {
    if (error instanceof CancellationError) return undefined;
    throw error;
  }
}

/** The dlv and the variables that golang.go gives a launch here, as far as its settings say them. */
function ownTools(): Pick<SelfTestOptions, "dlv" | "env"> {
  const go = workspace.getConfiguration("go");
  const env = texts(go.get<unknown>("toolsEnvVars"));
  const { dlv } = texts(go.get<unknown>("alternateTools"));
  return { env, dlv: dlv ?? findDlv({ ...process.env, ...env }) };
}

function texts(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      typeof one === "string" && one !== "" ? [[name, one]] : [],
    ),
  );
}

/** Asks which machine, where another is known: by a configuration, or by what was said of a port. */
async function choose(context: ExtensionContext): Promise<Item | undefined> {
  const others = await otherMachines(context);
  const own: Item = {
    label: say`This machine`,
    description: plain(hostname()),
    iconPath: new ThemeIcon("device-desktop"),
  };
  if (others.size === 0) return own;
  const items = Array.from(others, ([on, dlv]): Item => {
    return {
      label: plainLabel(on),
      iconPath: new ThemeIcon("remote"),
      on,
      ...(dlv !== undefined && { dlv }),
    };
  });
  return window.showQuickPick([own, ...items], { title: say`Test Delve on which machine?` });
}

/** The hosts that are known here, and the dlv that is wanted there if any. */
async function otherMachines(context: ExtensionContext): Promise<ReadonlyMap<string, string | undefined>> {
  const userSettings = await userSettingsOf(context);
  const folders = workspace.workspaceFolders ?? [];
  const written = (await Promise.all(folders.map((folder) => writtenIn(folder, userSettings)))).flat();
  const found = new Map<string, string | undefined>();
  for (const { config } of written) {
    const place = placeIn(config);
    if (place !== undefined) found.set(place.on, place.dlv ?? found.get(place.on));
  }
  const hosts = workspace.getConfiguration("delveDoctor").get<unknown>("hosts");
  for (const said of Object.values(texts(hosts))) {
    const on = readBehind(said)?.on;
    if (on !== undefined && !found.has(on)) found.set(on, undefined);
  }
  return found;
}

/** What is no place, and what holds a variable that only a launch replaces, is not offered. */
function placeIn(config: Readonly<Record<string, unknown>>) {
  try {
    const place = readPlace(writtenPlace(config));
    return place === undefined || /\$\{/.test(place.on + (place.dlv ?? "")) ? undefined : place;
  } catch {
    return undefined;
  }
}
