import { randomBytes } from "node:crypto";
import { realpathSync, statSync } from "node:fs";
import { homedir, hostname, userInfo } from "node:os";
import { isAbsolute, resolve } from "node:path";
import { type About, type Answer, answerOf, errorLine, type Said } from "../agent/answer.ts";
import { checkFolder } from "../agent/checkFolder.ts";
import { saidOfCheck, saidOfReport } from "../agent/said.ts";
import { localHost } from "../hosts/local.ts";
import { type Choice, choose, placeFrom } from "./choose.ts";
import { diagnosed } from "./diagnose.ts";
import { interrupted } from "./look.ts";
import { allowedFolders, checkProgram, folderIn } from "./mcpFolders.ts";
import { placed } from "./placed.ts";
import { openScreen } from "./screen.ts";
import { previewsOf } from "./show.ts";
import { keptReport } from "./state.ts";
import { usage } from "./stop.ts";

/** What an agent asks diagnose_launch for, in a folder that it may look at. */
export interface Asked {
  readonly configuration?: string | undefined;
  readonly program?: string | undefined;
  readonly mode?: string | undefined;
  readonly on?: string | undefined;
  readonly remoteFolder?: string | undefined;
}

/** How a tool is called: about which folder, what the client has open (file: addresses), and until when. */
export interface Called {
  readonly folder: string | undefined;
  readonly roots: readonly string[];
  readonly signal: AbortSignal;
}

/** What the person allows: folders and hosts. */
export interface Allowed {
  readonly folders: readonly string[];
  readonly hosts: readonly string[];
}

/** The three tools, as the server calls them: each gives its answer, or one line of what is wrong. */
export function toolsWith({ folders, hosts }: Allowed) {
  const answer = async (
    { folder: given, roots }: Called,
    look: (folder: string, allowed: readonly string[]) => Promise<Said>,
  ): Promise<Answer | string> => {
    const allowed = allowedFolders(folders, roots);
    let about = aboutFolders(allowed);
    try {
      const folder = folderIn(given, allowed);
      about = aboutFolders([folder, realpathSync(folder)]);
      return answerOf(await look(folder, allowed), about, randomBytes(8).toString("hex"));
    } catch (error) {
      return errorLine(error, about);
    }
  };
  return {
    knowsFolders: folders.length > 0,
    diagnose: (called: Called, asked: Asked) =>
      answer(called, (folder, allowed) =>
        diagnoseLaunch(folder, asked, { folders: allowed, hosts }, called.signal),
      ),
    last: (called: Called) => answer(called, lastReport),
    check: (called: Called) => answer(called, (folder) => checkLaunchJson(folder, called.signal)),
  };
}

/** Whom an answer must not name: the person and the machine that this runs on. */
function aboutFolders(folders: readonly string[]): About {
  const identity = { user: userInfo().username, home: homedir(), hosts: [hostname(), localHost.name] };
  return { identity, folders: [...new Set(folders)] };
}

/**
 * Looks at a launch without launching it. Throws one line where it cannot be looked at, where its program lies outside of the
 * folders or it would run on another host than is allowed, and once `signal` aborts.
 */
async function diagnoseLaunch(
  folder: string,
  { configuration, program, mode, on = "local", remoteFolder }: Asked,
  { folders, hosts }: Allowed,
  signal: AbortSignal,
): Promise<Said> {
  const where = placeFrom(on, remoteFolder);
  if (program !== undefined && mode !== "attach" && where.on === undefined)
    checkProgram(resolve(folder, program), folders);
  const said: Choice = {
    folder,
    ...(configuration !== undefined && { config: configuration }),
    ...(program !== undefined && { program: programIn(folder, program, mode) }),
    ...(mode !== undefined && { mode }),
    ...where,
  };
  const choice = where.on === undefined ? await placed(said, { texts: () => [] }) : said;
  const may = (host: string) => hosts.includes(host);
  if (choice.on !== undefined && !may(choice.on))
    throw usage(
      `${choice.on} is not among the hosts that this server may look at; a person allows it with delve-doctor mcp --allow-hosts ${choice.on}`,
    );
  // Without a terminal: nobody is asked for a password or about a host key, and a host that needs one is not reached.
  const screen = openScreen({ noColor: true, json: true });
  return diagnosed(choice, { screen, interrupt: signal, may }, async (report, chosen) =>
    saidOfReport(report, await previewsOf(report, chosen, true), "terminal"),
  );
}

/** The last report of a folder, with what its fixes come to now where its configuration is still there. */
async function lastReport(folder: string): Promise<Said> {
  const kept = await keptReport(folder);
  if (kept === undefined)
    throw usage(
      `there is no report of this folder yet; diagnose_launch makes one, and so does delve-doctor launch. VS Code keeps its own`,
    );
  const { choice, report } = kept;
  const elsewhere = choice.on !== undefined || choice.behind !== undefined;
  const previews = elsewhere
    ? new Map<string, string>()
    : await choose(choice)
        .then((chosen) => previewsOf(report, chosen, true))
        .catch(() => new Map<string, string>());
  return saidOfReport(report, previews, "terminal");
}

/** The problems of a folder's files. Throws once `signal` aborts. */
async function checkLaunchJson(folder: string, signal: AbortSignal): Promise<Said> {
  const checked = await checkFolder(folder, signal).catch((error: unknown) => {
    throw signal.aborted ? interrupted() : error;
  });
  return saidOfCheck(checked, "terminal");
}

/** A path counts from the folder; a package path is left for go to find, and a process id is none. */
function programIn(folder: string, program: string, mode: string | undefined): string {
  if (mode === "attach" || isAbsolute(program)) return program;
  const path = resolve(folder, program);
  return statSync(path, { throwIfNoEntry: false }) === undefined ? program : path;
}
