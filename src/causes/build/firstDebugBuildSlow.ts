import { cause } from "../../core/cause.ts";
import type { Action, Fix } from "../../core/fix.ts";
import { buildDirectory, buildFlagWords, flagName } from "../../core/goBuild.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { seconds } from "../../core/waiting.ts";
import { debugBuild, type StalePackages, stalePackages } from "../../probes/stalePackages.ts";
import { manyPackages, muchCompiling } from "./muchCompiling.ts";

const id = "first-debug-build-slow";

/**
 * What everything else in the standard library stands on: compiled only where the cache has nothing for these flags. Other
 * packages are compiled again after a pull or a change of dependencies too.
 */
const base = /^(?:runtime|internal)(?:\/|$)/;

/** Variables that decide what the cache can be used for. Their values may be secret, and a command is shown. */
const cacheKeys =
  /^(?:GO(?:CACHE|FLAGS|OS|ARCH|AMD64|ARM|ARM64|386|EXPERIMENT|TOOLCHAIN|WORK|ROOT|111MODULE)|CGO_\w+|CC|CXX|GO111MODULE)$/;

/** A debug build shares nothing with a plain one: the flags are part of the key of every cached package. */
export const firstDebugBuildSlow = cause({
  id,
  title: say`The first debug build compiles everything anew`,
  about: {
    what: "Delve builds with `-gcflags 'all=-N -l'` and, for cgo, with `CGO_CFLAGS=-O0 -g`. Go caches what it compiles by its flags, so nothing of a plain `go build` or `go test` can be used: the first debug build compiles every package, the standard library too. That is slow, and it is work: it happens once, as long as the cache is kept and the flags stay the same.",
    notThis:
      "One long `link` is a large binary. A `go` without children and without CPU waits for the network or a lock. Packages that are compiled again at every launch point to a cache that is lost or full, or to `-a`.",
    sources: [
      "go-delve/delve#970",
      "microsoft/vscode-go#1166",
      "golang/go#19340",
      "go-delve/delve#4287",
      "svaante/dape#32",
    ],
    seen: "real",
  },
  needs: { packages: stalePackages },
  // Where a launch came to its goal before, this is not the first build: build-inputs-changed looks at what is different.
  when: (launch) =>
    builds(launch) && launch.before === undefined && muchCompiling(launch.timeline) !== undefined,
  find({ packages }, launch) {
    const { timeline } = launch;
    const compile = muchCompiling(timeline);
    if (compile === undefined || buildFlagWords(launch).some((word) => flagName(word) === "a"))
      return undefined;
    const over = timeline.current !== "build";
    // After a first build nothing is left to do. Where much is, it was not the first, and will not be the last.
    if (over && packages.stale >= manyPackages) return undefined;
    const count = timeline.packages;
    const whole = (timeline.compiled ?? []).some((one) => base.test(one));
    const spent = seconds(compile.ms);
    return {
      certainty: whole ? "proven" : "likely",
      because: because(compile.count, over, whole),
      evidence: [
        over || count === undefined
          ? say`compile processes seen at work for ${spent} in dlv's process tree`
          : say`compile processes seen at work for ${spent} in dlv's process tree, ${count.done} of ${count.total} packages so far`,
        over
          ? say`go build -n with Delve's flags: ${packages.stale} packages left to compile now`
          : say`go build -n with Delve's flags: ${packages.stale} packages not in the cache ${packages.cache} yet`,
      ],
      explains: { phase: "build", ms: compile.ms },
      fixes: fixes(packages, launch),
    };
  },
});

function because(packages: number, over: boolean, whole: boolean): string {
  if (whole)
    return over
      ? say`go compiled ${packages} packages with Delve's flags, which a plain build does not share: slow this once, not stuck.`
      : say`go is compiling ${packages} packages with Delve's flags, which a plain build does not share: slow this once, not stuck.`;
  return over
    ? say`go compiled ${packages} packages with Delve's flags, for which the cache had nothing: slow, not stuck.`
    : say`go is compiling ${packages} packages with Delve's flags, for which the cache had nothing: slow, not stuck.`;
}

function fixes({ cache }: StalePackages, launch: Launch): Fix[] {
  return [
    {
      id: `${id}/pre-warm`,
      title: say`Fill the build cache ahead of the next launch`,
      preferred: true,
      needsRoot: false,
      scope: "user",
      action: preWarm(launch),
    },
    {
      id: `${id}/keep-cache`,
      title: say`Keep the build cache where it survives`,
      preferred: false,
      needsRoot: false,
      scope: "user",
      action: {
        kind: "advice",
        text: say`Go's build cache is ${cache}. In a container keep it on a volume (mount one there, or set GOCACHE to one), run the command above when the image is made, and let buildFlags, tags, -race and CGO_CFLAGS stay as they are from launch to launch: each change compiles everything again.`,
      },
    },
  ];
}

/** Delve's build without its binary. The launch's own variables are named and not copied, so with any it is advice. */
function preWarm(launch: Launch): Action {
  const own = Object.keys(launch.env).filter((name) => cacheKeys.test(name));
  const cgo = own.includes("CGO_CFLAGS") ? [] : ["CGO_CFLAGS=-O0 -g"];
  const build = debugBuild(launch, []);
  const flags = build.indexOf("-gcflags=all=-N -l") + 1;
  const argv = [
    ...(cgo.length > 0 ? ["env", ...cgo] : []),
    ...build.slice(0, flags),
    "-o",
    "/dev/null",
    ...build.slice(flags),
  ];
  const cwd = buildDirectory(launch);
  if (own.length === 0) return { kind: "command", argv, cwd };
  const line = argv.map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  );
  const names = own.join(", ");
  return {
    kind: "advice",
    text:
      own.length === 1
        ? say`In ${cwd}, with ${names} set as this configuration's env sets it:\n${line.join(" ")}`
        : say`In ${cwd}, with ${names} set as this configuration's env sets them:\n${line.join(" ")}`,
  };
}
