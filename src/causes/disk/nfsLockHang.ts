import { cause, type Found } from "../../core/cause.ts";
import { isRemote } from "../../core/filesystems.ts";
import type { Fix } from "../../core/fix.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent, type Timeline } from "../../core/timeline.ts";
import { seconds } from "../../core/waiting.ts";
import { cachePlace } from "../../probes/cachePlace.ts";
import { type FileWait, fileWaits } from "../../probes/fileWaits.ts";
import { lockOwners } from "../../probes/lockOwners.ts";
import { mountTable } from "../../probes/mountTable.ts";
import { mountOf, type OutputPlace } from "../../probes/outputPlace.ts";
import { lockRefused } from "../texts.ts";

const id = "nfs-lock-hang";

/** Any disk may well take this long (ms) to answer. */
const patienceMs = 1000;

/** A local disk may be busy for so long (ms): core/stall.ts waits as long before it calls that a stall. */
const busyMs = 30_000;

/** Where a file server has answered that the lock is another client's (fs/lockd/clntproc.c, fs/nfs/nfs4proc.c). */
const toldToWait = /^(?:nlmclnt_(?:block|wait)|nfs4_(?:retry_setlk|proc_setlk))/;

/** go reads, writes and locks files of three trees; where a server keeps them, it may not answer. */
export const nfsLockHang = cause({
  id,
  title: say`The filesystem that the build works on does not answer`,
  about: {
    what: "go locks its module cache, go.mod and go.sum with flock(2), and reads and writes thousands of files in its caches. Where those are on a network filesystem (a home directory on NFS, an SMB share, a FUSE mount) the server's lock service may not answer, and go waits without a word and without a limit: in state D not even SIGKILL may end it. Some servers refuse locks, and go fails with `no locks available`. A local filesystem that was frozen (fsfreeze, a snapshot that hangs) or whose disk is gone looks the same.",
    notThis:
      "A lock that another process of this machine has is go-lock-held: the kernel names it. A slow disk moves bytes and is left alone. A `go` that waits for the network has a socket, and no thread in a call to a filesystem.",
    sources: [
      "golang/go#49894",
      "golang/go#33543",
      "golang/go#47081",
      "e2b-dev/infra#3618",
      "willscott/go-nfs#98",
    ],
    seen: "real",
  },
  needs: { waits: fileWaits, owners: lockOwners, mounts: mountTable, place: cachePlace },
  when: (launch) => stuck(launch.timeline) || (builds(launch) && refusal(launch.timeline) !== undefined),
  find({ waits, owners, mounts: table, place }, launch) {
    const refused = refusal(launch.timeline);
    if (refused !== undefined) return noLocks(refused, { mounts: table, place }, launch);
    const owned = new Set(owners.map(({ waiter }) => waiter));
    const hung = waits.filter((one) =>
      one.locks ? !owned.has(one.pid) && isAway(one) : one.state === "D" || isAway(one),
    );
    const first = hung.find(({ path }) => path !== undefined) ?? hung[0];
    if (first === undefined) return undefined;
    const { timeline } = launch;
    const { mount } = first;
    const file = first.path ?? say`a file`;
    const held = first.locks ? say`the lock of ${file}` : file;
    const what = mount === undefined ? held : say`${held} on ${mount.point} (${mount.type})`;
    const who = `${first.name} (pid ${first.pid})`;
    const busy = !isAway(first) && timeline.idleMs < busyMs;
    const queued = first.locks && toldToWait.test(first.wchan);
    return {
      certainty: first.path === undefined || busy || queued ? "likely" : "proven",
      because: queued
        ? say`${who} has waited ${seconds(timeline.idleMs)} for ${what}, which its server does not give.`
        : say`${who} has waited ${seconds(timeline.idleMs)} for ${what}, which does not answer.`,
      evidence: [
        ...hung.slice(0, 4).map(described),
        ...mountLine(mount),
        ...(queued ? [say`the server has said to wait: a process of another machine may have the lock`] : []),
        ...(busy ? [say`a disk that is only slow, or busy, looks the same for a while`] : []),
      ],
      explains: { phase: timeline.current ?? "build", ms: timeline.idleMs },
      fixes: fixes(first.path ?? "", mount, { mounts: table, place }),
    };
  },
});

/** dlv or its build stands still; the program's own files are its own affair. */
function stuck({ current, idleMs, last }: Timeline): boolean {
  const loading = current === "build" || current === "load";
  return loading && idleMs >= patienceMs && (last?.processes.length ?? 0) > 0;
}

function isAway({ mount }: FileWait): boolean {
  return mount !== undefined && isRemote(mount.type);
}

function described({ pid, tid, name, state, wchan, path, locks }: FileWait): string {
  const file = path ?? say`a file that the kernel does not show`;
  const thread =
    wchan === ""
      ? say`pid ${pid} ${name}, thread ${tid}, state ${state}`
      : say`pid ${pid} ${name}, thread ${tid}, state ${state}, in ${wchan}`;
  return locks ? say`${thread}: asks for the lock of ${file}` : say`${thread}: is in a call for ${file}`;
}

function mountLine(mount: OutputPlace["mount"] | undefined): string[] {
  return mount === undefined ? [] : [`mountinfo: ${mount.point} ${mount.type} ${mount.options.join(",")}`];
}

interface Refusal {
  readonly line: string;
  readonly path: string;
}

function refusal({ buildError }: Timeline): Refusal | undefined {
  const [line, path] = lockRefused.exec(buildError ?? "") ?? [];
  return line === undefined || path === undefined ? undefined : { line, path };
}

function noLocks({ line, path }: Refusal, here: Here, launch: Launch): Found | undefined {
  const mount = mountOf(path, here.mounts);
  if (!isRemote(mount.type)) return undefined;
  return {
    certainty: "proven",
    because: say`${mount.point} (${mount.type}) gives no locks, and go needs one of ${path}.`,
    evidence: [line, ...mountLine(mount)],
    explains: { phase: "build", ms: spent(launch.timeline, "build") },
    fixes: fixes(path, mount, here),
  };
}

/** The mounts, and a place for a cache. */
interface Here {
  readonly mounts: string;
  readonly place: string | undefined;
}

/** A cache can lie anywhere; sources cannot, and their mount is the administrator's. */
function fixes(path: string, mount: OutputPlace["mount"] | undefined, { mounts, place }: Here): Fix[] {
  const name = place === undefined ? undefined : cacheOf(path);
  const value = `${place}/${name?.toLowerCase()}`;
  const there = mountOf(value, mounts);
  const local = name !== undefined && !isRemote(there.type) && there.point !== mount?.point;
  return [
    ...(local
      ? [
          {
            id: `${id}/local-cache`,
            title: say`Let this launch keep ${name} in ${value}, on a local disk`,
            preferred: true,
            needsRoot: false,
            scope: "launch",
            action: { kind: "launch.json", edits: [{ at: ["env", name], value }] },
          } as const,
        ]
      : []),
    {
      id: `${id}/mount`,
      title:
        mount === undefined ? say`Let the filesystem answer again` : say`Let ${mount.point} answer again`,
      preferred: !local,
      needsRoot: false,
      scope: "machine",
      action: {
        kind: "advice",
        text: say`Whoever looks after ${mount?.point ?? say`that filesystem`} has to see whether its server and its lock service run (rpc.statd for NFS 3), or to thaw it (fsfreeze -u). Where no other machine locks these files, NFS can be mounted with local_lock=all, NFS 3 also with nolock.`,
      },
    },
  ];
}

/** The variable that says where such a file is: go's caches have names of their own. */
function cacheOf(path: string): "GOMODCACHE" | "GOCACHE" | undefined {
  if (/\/cache\/(?:lock$|download\/|vcs\/)|\/pkg\/mod\//.test(path)) return "GOMODCACHE";
  return /\/(?:[0-9a-f]{2}(?:\/[0-9a-f]{64}-[ad])?|trim\.txt|testexpire\.txt)$|\/go-build(?:\/|$)/.test(path)
    ? "GOCACHE"
    : undefined;
}
