import { delveGoArgs } from "../core/goBuild.ts";
import type { Host } from "../core/host.ts";
import { say } from "../core/say.ts";
import { quote } from "../core/shell.ts";

/** How long (ms) a tool may take to say its version; a cold disk and a busy machine are slow. */
const versionMs = 20_000;

/** How long (ms) the second build may take: it only links. */
const buildMs = 60_000;

/** Where commands are run: the host, the module's folder, what is added to the environment, and until when. */
export interface Around {
  readonly host: Host;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** The path of the go that PATH finds, and its version, such as "go1.26.8". Rejects with one line. */
export async function findGo(around: Around): Promise<string> {
  const [path, said] = await findTool(around, "go");
  const version = /^go version (\S+)/m.exec(said)?.[1];
  if (version === undefined) throw new Error(say`${path} does not say its version: ${firstLine(said)}`);
  return say`${path}, ${version}`;
}

/** The same of dlv, with a version such as "1.27.1". */
export async function findDlv(around: Around, dlv: string): Promise<string> {
  const [path, said] = await findTool(around, dlv);
  const version = /^Version: v?(\S+)/m.exec(said)?.[1];
  if (version === undefined) throw new Error(say`${path} does not say its version: ${firstLine(said)}`);
  return say`${path}, ${version}`;
}

/**
 * Builds the program once more, as Delve has just done. Gives its path, and the packages that were compiled although they
 * had been before (`go build -v` names each). Rejects with go's own words where the build fails.
 */
export async function buildAgain({ host, folder, env, signal }: Around) {
  const program = `${folder}/selftest`;
  // What dlv sets where nobody did (cmd/dlv/main.go); it is a part of what the program is made of.
  const set = 'CGO_CFLAGS="${CGO_CFLAGS:--O0 -g}" exec "$@"';
  const argv = ["sh", "-c", set, "sh", "go", ...delveGoArgs({ config: {}, mode: "debug" }, program, ["-v"])];
  const answer = await host.run({ argv, cwd: folder, env }, { ms: buildMs, bytes: 64 * 1024, signal });
  const said = answer.stderr.trim();
  if (answer.timedOut) throw new Error(say`it was ended before it was done`);
  if (answer.code !== 0)
    throw new Error(firstLine(said.split("\n").find((line) => !line.startsWith("#")) ?? said));
  return { program, compiled: said === "" ? [] : said.split("\n") };
}

async function findTool({ host, folder, env, signal }: Around, tool: string): Promise<[string, string]> {
  const script = `dd_f=$(command -v ${quote(tool)}) || exit 44
echo "path $dd_f"
exec "$dd_f" version 2>&1
`;
  const answer = await host.run(
    { argv: ["sh"], stdin: script, cwd: folder, env },
    { ms: versionMs, bytes: 64 * 1024, signal },
  );
  const [, path, said = ""] = /^path (.+)\n?([\s\S]*)/m.exec(answer.stdout) ?? [];
  if (path === undefined) {
    if (answer.code === 44)
      throw new Error(tool.includes("/") ? say`there is no ${tool}` : say`there is no ${tool} on PATH`);
    throw new Error(answer.timedOut ? say`it was ended before it answered` : firstLine(answer.stderr));
  }
  return [path, said];
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] || say`it says nothing`;
}
