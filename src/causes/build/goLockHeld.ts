import { cause } from "../../core/cause.ts";
import { endProcess } from "../../core/endProcess.ts";
import type { Fix } from "../../core/fix.ts";
import { standsStill } from "../../core/idle.ts";
import { builds } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { seconds } from "../../core/waiting.ts";
import { fileWaits } from "../../probes/fileWaits.ts";
import { type LockOwner, lockOwners } from "../../probes/lockOwners.ts";

const id = "go-lock-held";

/** go takes turns with every other go at the module cache, at go.mod and go.sum: by locks of the system, without a limit. */
export const goLockHeld = cause({
  id,
  title: say`go waits for a lock that another process has`,
  about: {
    what: "Two go commands that fetch the same module, or write the same go.mod or go.sum, take turns: each locks a file (`GOMODCACHE/cache/download/…/VERSION.lock`, `GOMODCACHE/cache/lock`, go.mod) with flock(2) and the other waits, without a word and without a time limit. A `go mod download` or a gopls in another window that itself waits for a dead proxy so holds up every launch, though the launch's own go has no connection open.",
    notThis:
      "A lock file that merely exists locks nothing: the kernel's list of locks counts. A lock that a file server does not answer has no owner here: nfs-lock-hang. Where the owner is in another container or on another machine, the kernel names nobody.",
    sources: ["golang/go#26794", "golang/go#33543", "golang/go#49894"],
    seen: "real",
  },
  needs: { owners: lockOwners, waits: fileWaits },
  when: (launch) => builds(launch) && standsStill(launch.timeline),
  find({ owners, waits }, { timeline }) {
    const mine = new Set(timeline.last?.processes.map(({ pid }) => pid));
    const others = owners.filter(({ pid }) => !mine.has(pid));
    const [owner] = others;
    if (owner === undefined) return undefined;
    const wait = waits.find((one) => one.pid === owner.waiter && one.inode === owner.inode);
    const file = wait?.path ?? say`the file with inode ${owner.inode}`;
    return {
      certainty: "proven",
      because: say`go (pid ${owner.waiter}) has waited ${seconds(timeline.idleMs)} for the lock of ${file}, which ${named(owner)} has.`,
      evidence: [
        ...others.map(
          (one) =>
            say`/proc/locks: pid ${one.waiter} waits for the ${one.kind} lock of inode ${one.inode}, which pid ${one.pid} has`,
        ),
        ...(wait === undefined
          ? []
          : [say`pid ${wait.pid}, thread ${wait.tid}: asleep in ${wait.wchan || say`its call`} for ${file}`]),
        ...others.map(
          (one) =>
            say`${named(one)} in ${one.cwd || say`a directory that is not readable`}: ${one.idle ? say`no CPU and no bytes for a second` : say`at work`}`,
        ),
      ],
      explains: { phase: "build", ms: timeline.idleMs },
      fixes: fixes(owner),
    };
  },
});

function named({ pid, name, argv }: LockOwner): string {
  return `${argv.length > 0 ? argv.join(" ") : name} (pid ${pid})`;
}

/** A go or git that does nothing is stuck; what works will be done, and of other programs we do not know. */
function fixes(owner: LockOwner): Fix[] {
  const stuck = owner.idle && ["go", "git"].includes(owner.name);
  return [
    {
      id: `${id}/end`,
      title: say`End ${named(owner)}`,
      preferred: stuck,
      needsRoot: owner.foreign,
      scope: "until-reboot",
      action: endProcess(owner, ["INT", "TERM"]),
    },
    {
      id: `${id}/wait`,
      title: say`Let ${named(owner)} finish`,
      preferred: !stuck,
      needsRoot: false,
      scope: "until-reboot",
      action: {
        kind: "advice",
        text: owner.idle
          ? say`${named(owner)} has the lock and does nothing at the moment. The build goes on as soon as it ends.`
          : say`${named(owner)} has the lock and is at work. The build goes on as soon as it ends.`,
      },
    },
  ];
}
