import type { Launch } from "../core/launch.ts";
import { probe } from "../core/probe.ts";

/** A line of the workspace folder that sets a variable: never what it sets it to. */
export interface EnvLine {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/**
 * Looks where a variable of go's is set: in files for `envFile` by their usual names, and in VS Code's own. It is asked
 * where the editor is. golang.go has merged all of it into `env` by the time dlv hears of it, and keeps no record.
 */
export const envLines = probe<readonly EnvLine[]>({
  id: "env-lines",
  near: true,
  args: (launch) => [launch.nearFolder ?? launch.folder, ...envFiles(launch)],
  sh: `cd "$1" 2>/dev/null || exit 0
shift
for file in "$@" .env .env.* *.env .vscode/*.env config/*.env; do
  [ -f "$file" ] || continue
  awk -v f="$file" 'match($0, /^[ \\t]*(export[ \\t]+)?(GO[A-Z0-9]*|TMPDIR)[ \\t]*=/) {
    name = substr($0, RSTART, RLENGTH - 1)
    gsub(/export|[ \\t]/, "", name)
    print "line " name " " NR " " f
  }' "$file"
done
for file in .vscode/launch.json .vscode/settings.json; do
  [ -f "$file" ] || continue
  awk -v f="$file" 'match($0, /"(GO[A-Z0-9]*|TMPDIR)"[ \\t]*:/) {
    name = substr($0, RSTART + 1)
    sub(/".*/, "", name)
    print "line " name " " NR " " f
  }' "$file"
done
exit 0
`,
  read({ stdout }) {
    const seen = new Set<string>();
    return Array.from(stdout.matchAll(/^line (\S+) (\d+) (.+)$/gm)).flatMap(
      ([text, name = "", line, file = ""]) => {
        if (seen.has(text)) return [];
        seen.add(text);
        return [{ name, file, line: Number(line) }];
      },
    );
  },
});

/** The configuration's own envFile, where the client that asks has left it in. */
function envFiles(launch: Launch): string[] {
  const named = launch.config["envFile"];
  return (Array.isArray(named) ? named : [named]).filter((file) => typeof file === "string");
}
