import { cause } from "../../core/cause.ts";
import { isRemote } from "../../core/filesystems.ts";
import type { Fix } from "../../core/fix.ts";
import { standsStill } from "../../core/idle.ts";
import { builds } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent, type Timeline } from "../../core/timeline.ts";
import { seconds } from "../../core/waiting.ts";
import { type BuildMount, buildMounts } from "../../probes/buildMounts.ts";
import { cachePlace } from "../../probes/cachePlace.ts";

const id = "drvfs-slow";

/** A build that takes less (ms) is nothing to explain. */
const noticeableMs = 3000;
/** A local filesystem opens a file in 0.01 ms; across a boundary it takes some ms. A build opens thousands. */
const slowMs = 1;

const names: Readonly<Record<BuildMount["of"], string>> = {
  sources: say`The module`,
  GOCACHE: say`The build cache`,
  GOMODCACHE: say`The module cache`,
};

/** Each look at a file is a question to another system where Windows, macOS or a server keeps it. */
export const drvfsSlow = cause({
  id,
  title: say`The build reads its files across the border of a virtual machine or a network`,
  about: {
    what: "go looks at every file of every package at each build, and its caches are thousands of small files. A Windows drive in WSL (`/mnt/c`: drvfs, a 9p mount), a folder of macOS in a container (virtiofs, gRPC FUSE, osxfs) and a network share answer each of these looks from another system, some milliseconds each. The same build is many times faster from the Linux filesystem: the home directory in WSL, a volume in a container.",
    notThis:
      "A cold build cache compiles, wherever the files are: first-debug-build-slow. Such a mount that is quick, because its files are cached, is left alone: how long three hundred files take to open is measured. How much of the build that is cannot be told from outside.",
    sources: [
      "https://learn.microsoft.com/windows/wsl/filesystems",
      "https://code.visualstudio.com/remote/advancedcontainers/improve-performance",
    ],
    seen: "real",
  },
  needs: { mounts: buildMounts, place: cachePlace },
  // A filesystem that does not answer at all is not slow, and must not be looked at.
  when: (launch) => builds(launch) && isSlow(launch.timeline) && !standsStill(launch.timeline),
  find({ mounts, place }, { timeline }) {
    const slow = mounts.filter((one) => isRemote(one.mount.type) && costOf(one) >= slowMs);
    const [first] = slow;
    if (first === undefined) return undefined;
    const parts = timeline.phases.find(({ name }) => name === "build")?.parts ?? [];
    return {
      certainty: "likely",
      because: say`${names[first.of]} in ${first.dir} is on ${typeOf(first)}, where opening a file takes ${costOf(first).toFixed(1)} ms.`,
      evidence: [
        ...slow.map(
          ({ mount, opened, dir }) =>
            say`mountinfo: ${mount.point} ${mount.type}; ${opened?.files ?? 0} files of ${dir} were opened in ${seconds(opened?.ms ?? 0)}`,
        ),
        say`the build took ${seconds(spent(timeline, "build"))}`,
      ],
      explains: { phase: "build", ms: parts.find(({ name }) => name === "list")?.ms ?? 0 },
      fixes: fixes(slow, place),
    };
  },
});

function isSlow({ phases, outcome }: Timeline): boolean {
  return outcome !== "failed" && (phases.find(({ name }) => name === "build")?.ms ?? 0) >= noticeableMs;
}

function costOf({ opened }: BuildMount): number {
  return opened === undefined || opened.files === 0 ? 0 : opened.ms / opened.files;
}

function typeOf({ mount, drvfs }: BuildMount): string {
  return drvfs ? say`a Windows drive (${mount.point}, ${mount.type})` : `${mount.point} (${mount.type})`;
}

/** Caches can lie anywhere; sources a person has to move. */
function fixes(slow: readonly BuildMount[], place = ""): Fix[] {
  const caches = place === "" ? [] : slow.filter(({ of }) => of !== "sources");
  const allCaches = caches.length === slow.length;
  const own: Fix = {
    id: `${id}/local-caches`,
    title: say`Keep go's caches of this launch in ${place}`,
    preferred: allCaches,
    needsRoot: false,
    scope: "launch",
    action: {
      kind: "launch.json",
      edits: caches.map(({ of }) => ({
        at: ["env", of],
        value: `${place}/${of.toLowerCase()}`,
      })),
    },
  };
  const move: Fix = {
    id: `${id}/move`,
    title: say`Move the files to a filesystem of this Linux`,
    preferred: !allCaches,
    needsRoot: false,
    scope: "folder",
    action: {
      kind: "advice",
      text: say`Move ${slow.map(({ dir }) => dir).join(", ")} off ${slow.map(({ mount }) => mount.point).join(", ")}: in WSL into the home directory of the distribution, in a container into a volume ("Clone Repository in Container Volume"), and open the folder there.`,
    },
  };
  return caches.length > 0 ? [own, move] : [move];
}
