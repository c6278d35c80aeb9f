import { cacheMade, changedInputs, type InputChange, isHashed, moduleRoot } from "../../core/buildInputs.ts";
import { cause } from "../../core/cause.ts";
import { buildFlagWords, flagName } from "../../core/goBuild.ts";
import { builds } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { seconds } from "../../core/waiting.ts";
import { type BuildFacts, buildInputs } from "../../probes/buildInputs.ts";
import { stalePackages } from "../../probes/stalePackages.ts";
import { manyPackages, muchCompiling } from "./muchCompiling.ts";

const id = "build-inputs-changed";

/**
 * Packages that import no cgo and have no file of their own for a tag: no source, tag or C compiler of anybody's makes go
 * compile them again, only what is part of every key of its cache.
 */
const base =
  /^(?:runtime|internal\/(?:abi|bytealg|cpu|goarch|goos|runtime\/\w+)|errors|reflect|sort|strconv|unicode|unicode\/utf8)$/;

/** go drops what was not used for so long (ms), and looks once a day (cmd/go/internal/cache, trimLimit). */
const trimLimitMs = 5 * 24 * 3_600_000;

/** What is different from the last launch of the same configuration that came to its goal. */
export const buildInputsChanged = cause({
  id,
  title: say`What the build depends on has changed since the last launch`,
  about: {
    what: "Go finds a compiled package again by everything it was made of: the version of go, the flags (`buildFlags`, GOFLAGS), GOOS, GOARCH and their like, GOEXPERIMENT, for cgo the C compiler and its flags, the sources and their directory. When one of those that count for every package changes, or GOCACHE lies elsewhere or was emptied, everything is compiled again, the standard library too. What the last launch of the same configuration was built from is remembered, without the values of variables that may be secret, and compared.",
    notThis:
      "A first debug build has nothing to be compared with. After a pull or an edit only your own packages and changed modules are compiled, never `runtime`. A cache that keeps nothing compiles at every launch.",
    sources: [
      "https://pkg.go.dev/cmd/go#hdr-Build_and_test_caching",
      "golang/go#19340",
      "microsoft/vscode-go#1166",
    ],
    seen: "real",
  },
  needs: { now: buildInputs, packages: stalePackages },
  when: (launch) =>
    builds(launch) && launch.before !== undefined && muchCompiling(launch.timeline) !== undefined,
  find({ now, packages }, launch) {
    const { before, timeline } = launch;
    const compile = muchCompiling(timeline);
    if (before === undefined || compile === undefined) return undefined;
    if (buildFlagWords(launch).some((word) => flagName(word) === "a")) return undefined;
    const over = timeline.current !== "build";
    // A cache that keeps nothing says nothing of what it held before.
    if (over && packages.stale >= manyPackages) return undefined;
    const compiled = timeline.compiled ?? [];
    const witnesses = compiled.filter((one) => base.test(one));
    const all = changedInputs(before.inputs, now.inputs);
    const wide = all.filter(({ reach }) => reach === "all");
    const told = witnesses.length > 0 ? wide : all;
    const trimmed = witnesses.length > 0 && now.trimmedAt >= before.at + trimLimitMs;
    const why = [
      ...told.map((change) => changeWords(change, now)),
      ...(trimmed ? [say`go has dropped from its cache what was not used for five days`] : []),
    ];
    const anew = over
      ? say`go compiled ${compile.count} packages anew`
      : say`go is compiling ${compile.count} packages anew`;
    return {
      certainty: witnesses.length > 0 && wide.length === 1 && !trimmed ? "proven" : "likely",
      because: withReason(anew, why, witnesses.length > 0),
      evidence: [
        say`compile processes seen at work for ${seconds(compile.ms)} in dlv's process tree`,
        ...(witnesses.length > 0
          ? [
              say`${witnesses.slice(0, 3).join(", ")} among them, which no change of sources makes go compile again`,
            ]
          : [say`seen at work: ${origins(compiled, now.module)}`]),
      ],
      explains: { phase: "build", ms: compile.ms },
      fixes: [
        {
          id: `${id}/launch-on`,
          title: say`Launch on: what was compiled is kept now`,
          preferred: true,
          needsRoot: false,
          scope: "user",
          action: { kind: "advice", text: advice(told, now) },
        },
      ],
    };
  },
});

/** What has changed, as a part of a sentence that can stand alone. */
function changeWords({ name, from, to }: InputChange, { inputs }: BuildFacts): string {
  if (name === cacheMade)
    return say`its build cache ${inputs["GOCACHE"] ?? ""} was emptied since the last launch`;
  const what = nameOf(name);
  if (isHashed(from) || isHashed(to)) return say`${what} is not what it was at the last launch`;
  const words = (value: string) => (value === "" ? say`not set` : value);
  return say`${what} is ${words(to)}, and was ${words(from)} at the last launch`;
}

function withReason(anew: string, why: readonly string[], whole: boolean): string {
  const [only] = why;
  if (only !== undefined && why.length === 1) return say`${anew}, because ${only}.`;
  if (only !== undefined) return say`${anew}, because one or more of these changed: ${why.join("; ")}.`;
  return whole
    ? say`${anew}: its cache no longer had them, though go, flags, variables and the cache's place are those of the last launch.`
    : say`${anew}: their sources or those of packages that they import have changed; go, flags, variables and cache are those of the last launch.`;
}

/** An input by the name that a person knows it under. */
function nameOf(name: string): string {
  return name === moduleRoot ? say`the module's directory` : name;
}

/** Whose packages they are. A path of the standard library has no dot in its first part. */
function origins(compiled: readonly string[], module: string): string {
  const isOwn = (one: string) =>
    one === "main" || (module !== "" && (one === module || one.startsWith(`${module}/`)));
  const own = compiled.filter(isOwn).length;
  const standard = compiled.filter((one) => !isOwn(one) && !/^[^/]*\./.test(one)).length;
  return say`${own} of your own packages, ${standard} of the standard library, ${compiled.length - own - standard} of other modules`;
}

function advice(changes: readonly InputChange[], { inputs }: BuildFacts): string {
  const names = changes.map(({ name }) => nameOf(name));
  const kept = say`The next launch finds in the cache what this one compiled, as long as all of it stays as it is.`;
  if (names.includes(cacheMade))
    return say`${kept} \`go clean -cache\`, or whatever else empties ${inputs["GOCACHE"] ?? say`the cache`}, makes a launch slow again.`;
  if (names.length === 0) return kept;
  return say`${kept} If that was not meant, set back what has changed (${names.join(", ")}): in buildFlags and env of the configuration, in the environment that the editor was started from, or with \`go env -w\`. go keeps both in its cache for as long as each is used every five days.`;
}
