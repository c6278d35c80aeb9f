import { cause } from "../../core/cause.ts";
import type { Fix, JsonEdit } from "../../core/fix.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { allOf } from "../../core/lists.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { type GoPlatform, goPlatform } from "../../probes/goPlatform.ts";
import { constraintsExclude, execFormat, notExecutable } from "../texts.ts";

const id = "goos-goarch-leak";
const refused = new RegExp(`${notExecutable.source}|${execFormat.source}`);

const layers = {
  launch: say`this configuration's environment`,
  process: say`the environment that dlv inherits`,
  file: say`what \`go env -w\` wrote`,
  default: say`Go's default`,
} as const;

/** A setting of a cross build decides what Delve's own build is made for, too. */
export const goosGoarchLeak = cause({
  id,
  title: say`The program is built for another system than this one`,
  about: {
    what: "Delve builds with the same go and the same settings as everybody else. A GOOS or GOARCH that was set for a cross build (in the environment, in `go.toolsEnvVars`, in an envFile, or for good with `go env -w`) makes that build one for another system: the whole compile goes well, and then nothing here can run the result. Delve says `not an executable file` for another system's format and `exec format error` for another processor.",
    notThis:
      "A package that is not main, a lost execute bit and an empty file are answered with `not an executable file` as well: so go itself is asked what it builds for. A 386 program runs on an amd64 kernel; it is no fault of this kind that a debugger for amd64 cannot handle it.",
    sources: ["golang/vscode-go#2588", "go-delve/delve#1109", "https://go.dev/wiki/WebAssembly"],
    seen: "real",
  },
  needs: { platform: goPlatform },
  when: (launch) => builds(launch) && (launch.timeline.totalMs === 0 || complaintOf(launch) !== undefined),
  find({ platform }, launch) {
    const said = complaintOf(launch);
    const wrong = wrongNames(platform, said !== undefined);
    if (wrong.length === 0) return undefined;
    const { os, arch, hostOs, hostArch } = platform;
    return {
      certainty: "proven",
      because: say`go builds for ${os}/${arch}, and this machine is ${hostOs}/${hostArch}: ${wrong.map((name) => say`${name} is set by ${layers[setBy(platform, name)]}`).join(", ")}.`,
      evidence: [
        say`go env with dlv's environment: GOOS=${os} GOARCH=${arch} GOHOSTOS=${hostOs} GOHOSTARCH=${hostArch}`,
        ...wrong.map((name) => say`${name}: set by ${layers[setBy(platform, name)]}`),
        ...(said === undefined ? [] : [said]),
      ],
      ...(said !== undefined && { explains: { phase: "build", ms: spent(launch.timeline, "build") } }),
      fixes: fixes(wrong, platform, launch),
    };
  },
});

/** What was said that another platform can be the reason of: a package may have no file for it, too. */
function complaintOf({ timeline }: Launch): string | undefined {
  const text = timeline.failure?.text ?? "";
  if (refused.test(text)) return text;
  return timeline.buildError?.split("\n").find((line) => constraintsExclude.test(line));
}

type Name = "GOOS" | "GOARCH";

/** The variables that differ from the machine's own. The kernel of an amd64 machine runs 386 programs. A go for 386 may be one of these: that amd64 is wrong shows when it has failed. */
function wrongNames({ os, arch, hostOs, hostArch }: GoPlatform, failed: boolean): Name[] {
  const compatible = `${hostArch} ${arch}`;
  const runs = arch === hostArch || compatible === "amd64 386" || (compatible === "386 amd64" && !failed);
  return [...(os === hostOs ? [] : ["GOOS" as const]), ...(runs ? [] : ["GOARCH" as const])];
}

function setBy({ osSetBy, archSetBy }: GoPlatform, name: Name) {
  return name === "GOOS" ? osSetBy : archSetBy;
}

function fixes(wrong: readonly Name[], platform: GoPlatform, launch: Launch): Fix[] {
  const own = wrong.filter((name) => isOwn(launch, name) && !platform.inFile.includes(name));
  const edits: JsonEdit[] = wrong.map((name) =>
    own.includes(name)
      ? { at: ["env", name] }
      : { at: ["env", name], value: name === "GOOS" ? platform.hostOs : platform.hostArch },
  );
  const stored = wrong.filter((name) => setBy(platform, name) === "file");
  return [
    {
      id: `${id}/host-platform`,
      title: say`Build this configuration for ${platform.hostOs}/${platform.hostArch}`,
      preferred: true,
      needsRoot: false,
      scope: "launch",
      action: { kind: "launch.json", edits },
    },
    ...(stored.length === 0 ? [] : [unset(stored, platform)]),
  ];
}

/** True where launch.json itself sets the variable, so that removing it there is all that is needed. */
function isOwn(launch: Launch, name: string): boolean {
  const { env } = launch.config as { env?: unknown };
  return typeof env === "object" && env !== null && name in env;
}

function unset(names: readonly Name[], { os, arch }: GoPlatform): Fix {
  const value = (name: Name) => `${name}=${name === "GOOS" ? os : arch}`;
  return {
    id: `${id}/go-env-unset`,
    title: say`Take ${allOf(names)} out of what \`go env -w\` stored`,
    preferred: false,
    needsRoot: false,
    scope: "user",
    action: {
      kind: "command",
      argv: ["go", "env", "-u", ...names],
      undo: ["go", "env", "-w", ...names.map(value)],
    },
  };
}
