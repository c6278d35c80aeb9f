import { probe } from "../core/probe.ts";

/** A devcontainer.json that leaves the container to a compose file, and what it asks of it all the same. */
export interface ComposedContainer {
  /** Both relative to the workspace folder; the compose file is the last of those that are named. */
  readonly file: string;
  readonly compose: string;
  readonly runArgs: readonly string[];
}

/** Reads the folder's devcontainer.json files; those that name no compose file are left out, and those that cannot be read. */
export const devcontainer = probe({
  id: "devcontainer",
  near: true,
  args: (launch) => [launch.nearFolder ?? launch.folder],
  sh: `
cd "$1" 2>/dev/null || exit 0
for f in .devcontainer/devcontainer.json .devcontainer.json .devcontainer/*/devcontainer.json; do
  [ -f "$f" ] && printf '\\001%s\\n' "$f" && head -c 50000 "$f"
done
exit 0
`,
  read({ stdout }): readonly ComposedContainer[] {
    return stdout
      .split("\u0001")
      .slice(1)
      .flatMap((part) => {
        const at = part.indexOf("\n");
        return composed(part.slice(0, at), part.slice(at + 1));
      });
  },
});

function composed(file: string, text: string): ComposedContainer[] {
  const value = parse(text);
  if (typeof value !== "object" || value === null) return [];
  const { dockerComposeFile, runArgs } = value as Readonly<Record<string, unknown>>;
  const named: unknown = Array.isArray(dockerComposeFile) ? dockerComposeFile.at(-1) : dockerComposeFile;
  if (typeof named !== "string" || named === "") return [];
  const folder = file.split("/").slice(0, -1);
  const words = Array.isArray(runArgs) ? runArgs.filter((word) => typeof word === "string") : [];
  return [{ file, compose: joined(folder, named), runArgs: words }];
}

/** JSON with comments and trailing commas, as VS Code reads it. Strings are taken first, so that nothing in them counts. */
function parse(text: string): unknown {
  const keep = (_: string, string?: string) => string ?? "";
  const bare = text
    .replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, keep)
    .replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, keep);
  try {
    return JSON.parse(bare.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function joined(folder: readonly string[], path: string): string {
  if (path.startsWith("/")) return path;
  const steps: string[] = [...folder];
  for (const step of path.split("/")) {
    if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
}
