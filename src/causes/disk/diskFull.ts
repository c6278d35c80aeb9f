import { cause } from "../../core/cause.ts";
import type { Fix, JsonEdit } from "../../core/fix.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { cachePlace } from "../../probes/cachePlace.ts";
import { type DiskSpace, diskSpace, type Space, type Writes } from "../../probes/space.ts";
import { isUnderWay } from "../failure.ts";
import { noSpace, notInStd } from "../texts.ts";
import { binaryName } from "./binaryName.ts";

const mib = 1024 * 1024;
/** A filesystem on which the smallest build cannot finish, and one on which a large one may not. */
const fullBytes = mib;
const tightBytes = 512 * mib;
/** A build makes a few thousand files. */
const tightFiles = 2000;
/** Enough for a build and its cache elsewhere. */
const roomyBytes = 1024 * mib;

const full: Readonly<Record<Writes, (one: Space) => string>> = {
  work: (one) => say`Go's work directory ${one.dir} has no room for the build: ${left(one)} on ${one.mount}.`,
  cache: (one) => say`The build cache ${one.dir} has no room for the build: ${left(one)} on ${one.mount}.`,
  output: (one) =>
    say`The binary's directory ${one.dir} has no room for the build: ${left(one)} on ${one.mount}.`,
};

const names: Readonly<Record<Writes, string>> = {
  work: say`go's work directory`,
  cache: say`the build cache`,
  output: say`the binary's directory`,
};

/** A build writes to three places: go's work directory, its cache, and where the binary goes. */
export const diskFull = cause({
  id: "disk-full",
  title: say`A directory that the build writes to is full`,
  about: {
    what: "A build writes to go's work directory (`GOTMPDIR`, else `TMPDIR`), to the build cache (`GOCACHE`) and to the directory of the binary. Without free blocks, or without free inodes, writing fails with ENOSPC. go removes its work directory afterwards, so the disk can look fine when somebody looks at it. A cache that takes no file makes go blame a package of the standard library (`package internal/oserror is not in std`). A cache that runs full fails nothing at first: go compiles every package again and keeps nothing; with newer Go the next build then fails.",
    notThis:
      "The blocks that a filesystem keeps for root are free to root only: what counts is what the user who launches gets. A package that is really missing is worded like a cache without inodes; the inodes decide.",
    sources: [
      "bokwoon95/wgo#10",
      "microsoft/vscode-go#2173",
      "microsoft/vscode-go#2442",
      "microsoft/vscode-go#1345",
      "microsoft/vscode-go#86",
      "microsoft/vscode-remote-release#246",
    ],
    seen: "real",
  },
  needs: { space: diskSpace, own: cachePlace },
  when: builds,
  find({ space, own }, launch) {
    const said = saidOfBuild(launch);
    const refused = noSpace.test(said);
    const misled = notInStd.test(said);
    const short = shortPlaces(space, launch, refused);
    const first = short[0];
    if (first === undefined) return undefined;
    const failed = launch.timeline.outcome === "failed";
    const noRoom = short.some(isFull);
    const certain = (refused && (noRoom || /: no space left/.test(said))) || (misled && noRoom);
    const slow = isUnderWay(launch) && first.of === "cache";
    return {
      certainty: certain ? "proven" : "likely",
      because: slow
        ? say`The build cache ${first.dir} has no room, so what go compiles is not kept and every launch compiles it again.`
        : full[first.of](first),
      evidence: [
        ...short.map((one) => say`statfs ${one.dir} (${names[one.of]}): ${left(one)} on ${one.mount}`),
        ...said
          .split("\n")
          .filter((line) => noSpace.test(line) || (misled && notInStd.test(line)))
          .slice(0, 2),
      ],
      ...((slow || (failed && (refused || misled))) && {
        explains: { phase: "build", ms: spent(launch.timeline, "build") },
      }),
      fixes: fixes(short, space, own, launch),
    };
  },
});

/** What go and Delve said. The program's own ENOSPC is about its own files. */
function saidOfBuild({ timeline }: Launch): string {
  return [timeline.failure?.text ?? "", timeline.buildError ?? "", timeline.said].join("\n");
}

/** The places that are full, or, where go met ENOSPC, those that are so small that it must have been there. */
function shortPlaces({ places }: DiskSpace, launch: Launch, refused: boolean): Space[] {
  const short = places
    .filter((one) => isFull(one) || (refused && !isUnderWay(launch) && isTight(one)))
    // A full work or output directory stops a build; once the program runs, only the cache can have cost time.
    .filter((one) => !isUnderWay(launch) || one.of === "cache");
  return [...short].sort((a, b) => Number(isFull(b)) - Number(isFull(a)) || a.freeBytes - b.freeBytes);
}

function isFull({ freeBytes, freeFiles }: Omit<Space, "of">): boolean {
  return freeBytes < fullBytes || freeFiles === 0;
}

function isTight({ freeBytes, freeFiles }: Omit<Space, "of">): boolean {
  return freeBytes < tightBytes || (freeFiles ?? tightFiles) < tightFiles;
}

function left({ freeBytes, freeFiles }: Space): string {
  if (freeFiles === 0) return say`no inode free`;
  return freeBytes < mib ? say`${freeBytes} bytes free` : say`${Math.floor(freeBytes / mib)} MiB free`;
}

function fixes(
  short: readonly Space[],
  { others }: DiskSpace,
  own: string | undefined,
  launch: Launch,
): Fix[] {
  const caches = short.some(({ of }) => of === "cache");
  const roomy = others.find(
    (one) =>
      !isTight(one) &&
      one.freeBytes >= roomyBytes &&
      short.every(({ mount }) => mount !== one.mount) &&
      (!caches || cacheIn(one.dir, own) !== undefined),
  );
  const all: Omit<Fix, "preferred">[] = [];
  if (roomy !== undefined)
    all.push({
      id: "disk-full/elsewhere",
      title: say`Let this launch write to ${roomy.dir}, which has ${Math.floor(roomy.freeBytes / mib)} MiB free`,
      needsRoot: false,
      scope: "launch",
      action: { kind: "launch.json", edits: short.map((one) => editFor(one.of, roomy.dir, own, launch)) },
    });
  if (caches)
    all.push({
      id: "disk-full/clean-cache",
      title: say`Empty go's build cache (the next build compiles everything anew)`,
      needsRoot: false,
      scope: "user",
      action: { kind: "command", argv: ["go", "clean", "-cache"], cwd: launch.cwd },
    });
  const mounts = [...new Set(short.map(({ mount }) => mount))].join(", ");
  all.push({
    id: "disk-full/free-space",
    title: say`Free space on ${mounts}`,
    needsRoot: false,
    scope: "machine",
    action: {
      kind: "advice",
      text: say`Look with \`df -h\` and \`df -i\` at ${mounts}. Builds that were killed leave go-build* directories in go's work directory and __debug_bin* files beside the program: those that no process has open can go.`,
    },
  });
  return all.map((fix, index) => ({ ...fix, preferred: index === 0 }));
}

/** A build cache in `dir`. What somebody else may have made ready in a directory of all users could hold anything. */
function cacheIn(dir: string, own: string | undefined): string | undefined {
  if (!["/tmp", "/var/tmp"].includes(dir)) return `${dir}/go-build-debug`;
  return own?.startsWith(`${dir}/`) ? `${own}/go-build-debug` : undefined;
}

function editFor(of: Writes, dir: string, own: string | undefined, launch: Launch): JsonEdit {
  if (of === "work") return { at: ["env", "GOTMPDIR"], value: dir };
  if (of === "cache") return { at: ["env", "GOCACHE"], value: cacheIn(dir, own) };
  return { at: ["output"], value: `${dir}/${binaryName(launch.cwd)}` };
}
