import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { type GoInstallation, goInstallation } from "../../probes/goInstallation.ts";
import { rootMissing, shimRefused, versionsDiffer } from "../texts.ts";

const id = "shim-or-gvm-mismatch";

const layers = {
  launch: say`this configuration's environment`,
  process: say`the environment that dlv inherits`,
  file: say`what \`go env -w\` wrote`,
  default: say`nobody`,
} as const;

/** The go of dlv's PATH and the Go it is to use are two: a version manager, or a GOROOT that was left behind. */
export const shimOrGvmMismatch = cause({
  id,
  title: say`The go on dlv's PATH and the Go it is told to use do not belong together`,
  about: {
    what: 'dlv runs the bare `go` of its PATH. With gvm, goenv, asdf or mise that is a shim, which picks a version by the directory, by a file or by a variable that only the shell sets; under the editor it may pick another one, or none, and end with its own words. A GOROOT that a shell file exports is worse: go then runs the compiler of that tree, and the build ends with `compile: version "go1.24" does not match go tool version "go1.26"`. go finds its own tree by itself; GOROOT need not be set at all.',
    notThis:
      "A toolchain that go.mod asks for is fetched and run as a whole, and never mixed. A shim that picks the right version does no harm but a few milliseconds. So `go version` is really run, and the VERSION file of GOROOT is compared with the command's own.",
    sources: [
      "microsoft/vscode-go#3152",
      "googleapis/librarian#6006",
      "golang/vscode-go#1010",
      "microsoft/vscode-go#2104",
    ],
    seen: "real",
  },
  needs: { go: goInstallation },
  when: (launch) =>
    builds(launch) &&
    (launch.timeline.totalMs === 0 ||
      [versionsDiffer, rootMissing, shimRefused].some((one) => one.test(launch.timeline.buildError ?? ""))),
  find({ go }, launch) {
    const trouble = rootTrouble(go, launch) ?? shimTrouble(go, launch);
    if (trouble === undefined) return undefined;
    const { buildError, outcome } = launch.timeline;
    const said = buildError
      ?.split("\n")
      .find((line) => versionsDiffer.test(line) || rootMissing.test(line) || shimRefused.test(line));
    return {
      certainty: "proven",
      because: trouble.because,
      evidence: [...trouble.evidence, ...(said === undefined ? [] : [said])],
      ...(outcome === "failed" && { explains: { phase: "build", ms: spent(launch.timeline, "build") } }),
      fixes: trouble.fixes,
    };
  },
});

interface Trouble {
  readonly because: string;
  readonly evidence: readonly string[];
  readonly fixes: readonly Fix[];
}

/** GOROOT names a tree of another version than the go command's, or none. */
function rootTrouble(go: GoInstallation, launch: Launch): Trouble | undefined {
  const { root, rootVersion, version, path, rootSetBy } = go;
  // A go that was built with experiments says so behind its version, "go1.26.8-X:boringcrypto"; its VERSION file does not.
  if (root === "" || rootVersion === version.replace(/-X:.*$/, "")) return undefined;
  // Only releases can be compared.
  if (!version.startsWith("go") || !/^(?:go|$)/.test(rootVersion)) return undefined;
  return {
    because:
      rootVersion === ""
        ? say`GOROOT is ${root}, which is no Go tree, and ${path} is ${version}: ${layers[rootSetBy]} sets it.`
        : say`GOROOT is ${root}, which is ${rootVersion}, and ${path} is ${version}: ${layers[rootSetBy]} sets it.`,
    evidence: [
      say`GOROOT=${root} (${layers[rootSetBy]}); its VERSION file: ${rootVersion || say`not there`}`,
      say`${path} version, without GOROOT: ${version}`,
    ],
    fixes: unsetRoot(go, launch),
  };
}

function unsetRoot({ rootSetBy, root }: GoInstallation, launch: Launch): Fix[] {
  if (rootSetBy === "file")
    return [
      {
        ...base("go-env-unset", say`Take GOROOT out of what \`go env -w\` stored`, "user"),
        action: {
          kind: "command",
          argv: ["go", "env", "-u", "GOROOT"],
          undo: ["go", "env", "-w", `GOROOT=${root}`],
        },
      },
    ];
  const { env } = launch.config as { env?: unknown };
  const own = typeof env === "object" && env !== null && "GOROOT" in env;
  // go takes an empty GOROOT for none, and finds the tree that it belongs to.
  const value = own ? {} : { value: "" };
  return [
    {
      ...base("unset-goroot", say`Let go find its own tree in this configuration`, "launch"),
      action: { kind: "launch.json", edits: [{ at: ["env", "GOROOT"], ...value }] },
    },
  ];
}

/** The shim itself ends with an error where dlv runs it. */
function shimTrouble(go: GoInstallation, launch: Launch): Trouble | undefined {
  const { shim, code, said, path, others } = go;
  if (!shim || code === 0) return undefined;
  const [other] = others;
  return {
    because: say`${path} is a shim, and under dlv it ends with: ${said || say`exit code ${code}`}`,
    evidence: [
      say`${path} version with dlv's environment: exit code ${code}: ${said}`,
      ...others.map((file) => say`${file} version: works`),
    ],
    fixes: [other === undefined ? chooseVersion(path) : realGo(other, launch)],
  };
}

/** VS Code puts the PATH of the extension host in place of the variable, so the entry stays true on another machine. */
function realGo(go: string, launch: Launch): Fix {
  const directory = go.slice(0, go.lastIndexOf("/"));
  const inherited = launch.env["PATH"] ?? `\${env:PATH}`;
  return {
    ...base("real-go", say`Let this configuration run ${go} and not the shim`, "launch"),
    action: { kind: "launch.json", edits: [{ at: ["env", "PATH"], value: `${directory}:${inherited}` }] },
  };
}

function chooseVersion(path: string): Fix {
  return {
    ...base("choose-version", say`Let the version manager have a Go for this directory`, "user"),
    action: {
      kind: "advice",
      text: say`Install and choose a version with the manager that ${path} belongs to (asdf install, mise install, goenv install, gvm use --default), or let go.alternateTools and PATH name a real go.`,
    },
  };
}

function base(name: string, title: string, scope: Fix["scope"]) {
  return { id: `${id}/${name}`, title, preferred: true, needsRoot: false, scope };
}
