import { cause, type Found } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { type ForeignModules, foreignModules } from "../../probes/foreignModules.ts";
import { type Dialling, terminalDlv } from "../../probes/terminalDlv.ts";
import { notPermittedPath } from "../texts.ts";
import { inTerminal, neverDialled, ownDialling } from "./terminals.ts";

const id = "as-root-flow";

/** A dlv that sudo runs waits for a password first, and what it builds belongs to root afterwards. */
export const asRootFlow = cause({
  id,
  title: say`Debugging as root: sudo waits for a password, or has left files that are root's`,
  about: {
    what: 'With `"asRoot": true` dlv is started by sudo in a terminal. sudo asks for the password there, and until it has one dlv does not exist: the editor waits, and the Go extension gives up after 30 s. A dlv that ran as root has also built as root. Where sudo keeps HOME, the directories it made in the module cache belong to root, and later downloads of the user fail with `mkdir …: permission denied`.',
    notThis:
      "A sudo that has a child has started dlv, and waits for it. A build cache and a package directory that belong to root have causes of their own; so has a read-only mount.",
    sources: ["golang/vscode-go#558", "golang/vscode-go#819", "golang/vscode-go#1424"],
    seen: "real",
  },
  needs: { dialling: terminalDlv, modules: foreignModules },
  when: (launch) =>
    (launch.config["asRoot"] === true && neverDialled(launch)) ||
    (builds(launch) && notPermittedPath.test(launch.timeline.buildError ?? "")),
  find({ dialling, modules }, launch) {
    const sudo = ownDialling(dialling, launch).find(
      ({ name, children }) => name === "sudo" && children === 0,
    );
    if (sudo !== undefined && inTerminal(launch) && neverDialled(launch)) return asking(sudo, launch);
    return leftBehind(modules, launch);
  },
});

function asking({ pid, state, terminal }: Dialling, launch: Launch): Found {
  const { timeline, name } = launch;
  return {
    certainty: terminal && state === "S" && timeline.awaiting !== undefined ? "proven" : "likely",
    because: say`sudo (pid ${pid}) waits in the terminal "Go Debug Terminal (${name || "dlv"})" and has not started dlv yet.`,
    evidence: [
      terminal
        ? say`/proc/${pid}/stat: sudo, state ${state}, with a terminal, no child`
        : say`/proc/${pid}/stat: sudo, state ${state}, without a terminal, no child`,
      say`dlv has not dialled back in ${(timeline.totalMs / 1000).toFixed(1)} s`,
    ],
    explains: { phase: "start", ms: spent(timeline, "start") },
    fixes: [
      {
        id: `${id}/password`,
        title: say`Answer sudo in the terminal`,
        preferred: true,
        needsRoot: false,
        scope: "launch",
        action: {
          kind: "advice",
          text: say`Type the password in the terminal that the launch opened. To be asked no more: a rule for this dlv alone (visudo -f /etc/sudoers.d/dlv): USER ALL=(root) NOPASSWD: ${launch.dlv}. Whoever may run dlv as root may do anything as root.`,
        },
      },
    ],
  };
}

function leftBehind({ uid, gid, cache, places }: ForeignModules, launch: Launch): Found | undefined {
  const path = notPermittedPath.exec(launch.timeline.buildError ?? "")?.[1];
  if (path === undefined || cache === "" || !path.startsWith(`${cache}/`)) return undefined;
  const hit = places.find((one) => path.startsWith(`${one.path}/`));
  if (hit === undefined) return undefined;
  const owner = hit.owner === 0 ? "root" : `uid ${hit.owner}`;
  return {
    certainty: "proven",
    because:
      hit.owner === 0
        ? say`${hit.path} belongs to root, and go writes there as uid ${uid}: an earlier build ran as root.`
        : say`${hit.path} belongs to ${owner}, and go writes there as uid ${uid}: another user has built there.`,
    evidence: [
      say`mkdir or open ${path}: permission denied`,
      ...places.map((one) => say`owner ${one.owner}, not writable: ${one.path}`),
    ],
    explains: { phase: "build", ms: spent(launch.timeline, "build") },
    fixes: [giveBack(cache, `${uid}:${gid}`, owner)],
  };
}

function giveBack(cache: string, owner: string, from: string): Fix {
  return {
    id: `${id}/give-back`,
    title:
      from === "root"
        ? say`Give the module cache ${cache} back to its user (${owner})`
        : say`Take the module cache ${cache} from ${from}, who may need it, for ${owner}`,
    preferred: true,
    needsRoot: true,
    scope: "user",
    action: { kind: "command", argv: ["chown", "-R", owner, cache] },
  };
}
