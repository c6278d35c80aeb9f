import { say } from "../core/say.ts";

/** A launch that people want, to be written into a list of configurations. */
export interface Snippet {
  readonly label: string;
  readonly says: string;
  /** The configuration; `hole` marks what a person changes. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** A place that the cursor jumps to, with what stands there at first. */
interface Hole {
  readonly hole: string | number;
}

const hole = (value: string | number): Hole => ({ hole: value });

const launch = (name: string, mode: string) => ({ name: hole(name), type: "go", request: "launch", mode });
const attach = (name: string, mode: string) => ({ name: hole(name), type: "go", request: "attach", mode });

/** `named` is the first host there is of a kind, such as an alias of the SSH configuration. */
export function snippets(
  named: (kind: "ssh" | "docker" | "podman") => string | undefined,
): readonly Snippet[] {
  const ssh = `ssh:${named("ssh") ?? "build7"}`;
  const podman = named("docker") === undefined ? named("podman") : undefined;
  const container = podman === undefined ? `docker:${named("docker") ?? "app"}` : `podman:${podman}`;
  return [
    {
      label: say`Go: debug the selected test`,
      says: say`The test whose name is selected in the editor, with its output as \`go test -v\` shows it.`,
      config: {
        ...launch("Selected test", "test"),
        program: hole("${fileDirname}"),
        args: ["-test.v", "-test.run", hole("^${selectedText}$")],
      },
    },
    {
      label: say`Go: debug the package of this file`,
      says: say`Builds and debugs the main package of the file in the editor.`,
      config: { ...launch("This package", "debug"), program: "${fileDirname}" },
    },
    {
      label: say`Go: launch with arguments and environment`,
      says: say`A program of the workspace, with its arguments, variables and directory.`,
      config: {
        ...launch("Program", "debug"),
        program: hole("${workspaceFolder}"),
        cwd: "${workspaceFolder}",
        args: [hole("--port=8080")],
        env: { GOTRACEBACK: hole("all") },
      },
    },
    {
      label: say`Go: attach to a process`,
      says: say`A process of this machine; the editor shows a list of those that are Go.`,
      config: { ...attach("Attach", "local"), processId: hole("${command:pickGoProcess}") },
    },
    {
      label: say`Go: launch on another machine over SSH`,
      says: say`Delve Doctor builds and runs it there, by an alias of the SSH configuration.`,
      config: {
        ...launch("Over SSH", "debug"),
        program: hole("${workspaceFolder}"),
        delveDoctor: { on: hole(ssh), folder: hole("/home/me/app") },
      },
    },
    {
      label: say`Go: attach on another machine over SSH`,
      says: say`A process of another machine, to which Delve Doctor brings the way.`,
      config: {
        ...attach("Attach over SSH", "local"),
        processId: hole(4711),
        delveDoctor: { on: hole(ssh), folder: hole("/home/me/app") },
      },
    },
    {
      label: say`Go: attach to dlv --headless in a container`,
      says: say`\`dlv --headless --listen=:2345\` runs there already, and its port is published here.`,
      config: {
        ...attach("Headless in a container", "remote"),
        host: "127.0.0.1",
        port: hole(2345),
        substitutePath: [{ from: "${workspaceFolder}", to: hole("/app") }],
      },
    },
    {
      label: say`Go: launch in a running container`,
      says: say`Delve Doctor starts dlv in the container; no port has to be published.`,
      config: {
        ...launch("In a container", "debug"),
        program: hole("${workspaceFolder}"),
        delveDoctor: { on: hole(container), folder: hole("/app") },
      },
    },
    {
      label: say`Go: attach in a running container`,
      says: say`A process of a container, by its number there: the first is often 1.`,
      config: {
        ...attach("Attach in a container", "local"),
        processId: hole(1),
        delveDoctor: { on: hole(container), folder: hole("/app") },
      },
    },
    {
      label: say`Go: look at a core file`,
      says: say`The core file that a binary left, such as with GOTRACEBACK=crash.`,
      config: {
        ...launch("Core", "core"),
        program: hole("${workspaceFolder}/bin/app"),
        coreFilePath: hole("${workspaceFolder}/core.1234"),
      },
    },
    {
      label: say`Go: replay a recording of rr`,
      says: say`What \`rr record\` has recorded; it can be stepped backwards.`,
      config: {
        ...launch("Replay", "replay"),
        traceDirPath: hole("${userHome}/.local/share/rr/latest-trace"),
      },
    },
  ];
}

/**
 * A configuration as the text of a snippet in the syntax of LSP, or as plain text. `unit` is one step of indentation. The
 * first line is not indented, the others count from it.
 */
export function textOf({ config }: Snippet, unit: string, eol: string, isSnippet: boolean): string {
  const holes: string[] = [];
  const keep = (text: string) => {
    holes.push(text);
    return `\u0001${holes.length}\u0002`;
  };
  const text = JSON.stringify(
    config,
    (_, value: unknown) => {
      if (!isHole(value)) return value;
      // The quotes of a number's mark go with it.
      return typeof value.hole === "string"
        ? keep(JSON.stringify(value.hole).slice(1, -1))
        : `\u0003${keep(String(value.hole))}`;
    },
    unit,
  ).replaceAll(/"\\u0003(\\u0001\d+\\u0002)"/g, "$1");
  const escaped = isSnippet ? plainly(text) : text;
  const mark = isSnippet ? /\\\\u0001(\d+)\\\\u0002/g : /\\u0001(\d+)\\u0002/g;
  const filled = escaped.replaceAll(mark, (_, number: string) => {
    const value = holes[Number(number) - 1] ?? "";
    return isSnippet ? `\${${number}:${plainly(value)}}` : value;
  });
  return filled.replaceAll("\n", eol);
}

/** What would be a placeholder or its end. */
function plainly(text: string): string {
  return text.replaceAll(/[\\$}]/g, "\\$&");
}

function isHole(value: unknown): value is Hole {
  return typeof value === "object" && value !== null && "hole" in value;
}
