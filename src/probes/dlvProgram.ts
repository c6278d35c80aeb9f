import { probe } from "../core/probe.ts";

/** The dlv that the launch names, as a file, and the directory it runs in. */
export interface DlvProgram {
  readonly directory: "exists" | "missing" | "not a directory";
  /** The file that was looked at: the path itself, or what dlv's PATH finds. */
  readonly path: string;
  readonly kind: "program" | "not executable" | "directory" | "missing";
  readonly bytes?: number;
  /** What runs it: the #! line's program, or the loader of its ELF header; with whether that exists. */
  readonly interpreter?: string;
  readonly interpreterExists: boolean;
  /** ELF's machine number, and what the host runs (uname -m). */
  readonly machine?: number;
  readonly host: string;
  /** True where the file starts as a program does: with ELF's magic or "#!". */
  readonly magic: boolean;
  /** Other dlv programs: on dlv's PATH, then where go install puts them. */
  readonly others: readonly string[];
}

/** Looks at the file, its interpreter and its directory; nothing is run. */
export const dlvProgram = probe<DlvProgram>({
  id: "dlv-program",
  args: (launch) => [launch.dlv, launch.cwd],
  sh: `dlv=$1 cwd=$2
if [ -d "$cwd" ]; then echo 'directory exists'; elif [ -e "$cwd" ]; then echo 'directory not a directory'
else echo 'directory missing'; fi
case $dlv in
  /*) file=$dlv ;;
  */*) file=$cwd/$dlv ;;
  *) file=$(PATH=$LAUNCH_PATH command -v "$dlv") ;;
esac
printf 'path %s\\nhost %s\\n' "\${file:-$dlv}" "$(uname -m)"
for other in "$(PATH=$LAUNCH_PATH command -v dlv)" "\${GOBIN:+$GOBIN/dlv}" "\${GOPATH:+\${GOPATH%%:*}/bin/dlv}" \\
  "$HOME/go/bin/dlv" /usr/local/bin/dlv /usr/bin/dlv; do
  [ -n "$other" ] && [ "$other" != "$file" ] && [ -f "$other" ] && [ -x "$other" ] && printf 'other %s\\n' "$other"
done
if [ -z "$file" ] || [ ! -e "$file" ]; then echo 'kind missing'; exit 0; fi
if [ -d "$file" ]; then echo 'kind directory'; exit 0; fi
if [ -x "$file" ]; then echo 'kind program'; else echo 'kind not executable'; fi
printf 'bytes %s\\n' "$(wc -c <"$file" | tr -d ' ')"
head=$(head -c 4 "$file" | od -An -tx1 | tr -d ' \\n')
case $head in
  7f454c46)
    echo magic
    printf 'machine %s\\n' "$(head -c 20 "$file" | tail -c 2 | od -An -tu2 | tr -d ' ')"
    interpreter=$(head -c 8192 "$file" | tr -c '[:print:]' '\\n' | grep -m 1 '^/.*ld[^/]*\\.so') ;;
  2321*)
    echo magic
    interpreter=$(head -n 1 "$file" | sed 's/^#![[:space:]]*//; s/[[:space:]].*//') ;;
esac
[ -n "$interpreter" ] && printf 'interpreter %s\\n' "$interpreter" && [ -e "$interpreter" ] && echo interpreted
exit 0
`,
  read({ stdout }) {
    const lines = stdout.split("\n");
    const after = (key: string) => lines.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1);
    const interpreter = after("interpreter");
    const [bytes, machine] = [after("bytes"), after("machine")];
    return {
      directory: (after("directory") ?? "exists") as DlvProgram["directory"],
      path: after("path") ?? "",
      kind: (after("kind") ?? "missing") as DlvProgram["kind"],
      interpreterExists: lines.includes("interpreted"),
      host: after("host") ?? "",
      magic: lines.includes("magic"),
      others: [...new Set(lines.flatMap((line) => (line.startsWith("other ") ? [line.slice(6)] : [])))],
      ...(interpreter !== undefined && { interpreter }),
      ...(bytes !== undefined && { bytes: Number(bytes) }),
      ...(machine !== undefined && { machine: Number(machine) }),
    };
  },
});
