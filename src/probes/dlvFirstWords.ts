import type { Config } from "../core/config.ts";
import { probe } from "../core/probe.ts";

/** What comes out of the launch's dlv before it says that it listens, started as golang.go starts it. */
export interface DlvFirstWords {
  /** The file that runs as dlv. */
  readonly path: string;
  /** A script that runs dlv, not dlv. */
  readonly script: boolean;
  /** lost: dlv runs, and what it writes to file descriptor 3 does not arrive. unknown: dlv could not be brought to write. */
  readonly fd3: "kept" | "lost" | "unknown";
  /** The line of a script that runs dlv through sudo, doas or pkexec. */
  readonly sudo?: string;
  /** What arrives on file descriptor 3 before the line that golang.go waits for: its lines, the first five. */
  readonly early: readonly string[];
}

/**
 * Starts dlv with `--client-addr` at port 0, where nobody can listen: it reads its flags and its configuration, says what
 * it has to say, fails to connect and ends, so nothing listens and nothing stays. A configuration directory that cannot
 * be made brings it to write a line for certain, which shows whether file descriptor 3 reaches it through a script.
 * A script that goes through sudo is only read. Undefined where there is no such dlv.
 */
export const dlvFirstWords = probe<DlvFirstWords | undefined>({
  id: "dlv-first-words",
  args: (launch) => [launch.dlv, ...startFlags(launch.config)],
  sh: `
f=$(PATH=$LAUNCH_PATH; command -v -- "$1") || exit 0
shift
echo "path $f"
script=$(head -c 2 "$f" | tr -d '\\0')
if [ "$script" = '#!' ]; then
  echo script
  sudo=$(grep -E '(^|[^A-Za-z_-])(sudo|doas|pkexec)[[:space:]]' "$f" | grep -v '^[[:space:]]*#' | head -n 1)
  # What it would run as root is not run to ask a question, and what it sets is nobody's business.
  [ -z "$sudo" ] || { printf '%s\\n' "$sudo" | sed -E 's/^[[:space:]]*/sudo /; s/([A-Za-z_]+)=[^[:space:]]*/\\1=…/g'; exit 0; }
fi
own=$PATH PATH=$LAUNCH_PATH
three=$("$f" dap "$@" --log-dest=3 --client-addr=127.0.0.1:0 3>&1 >/dev/null 2>&1 </dev/null)
PATH=$own
[ -z "$three" ] || printf '%s\\n' "$three" | head -n 5 | sed 's/^/early /'
[ "$script" = '#!' ] || exit 0
PATH=$LAUNCH_PATH XDG_CONFIG_HOME=/dev/null/none
export XDG_CONFIG_HOME
three=$("$f" dap --log --log-dest=3 --client-addr=127.0.0.1:0 3>&1 >/dev/null 2>&1 </dev/null)
two=$("$f" dap --log --log-dest=2 --client-addr=127.0.0.1:0 3>/dev/null 2>&1 </dev/null)
PATH=$own
case $three in *'config directory'*) echo fd3 kept; exit 0 ;; esac
case $two in *'config directory'*) echo fd3 lost ;; esac
exit 0
`,
  read({ stdout }): DlvFirstWords | undefined {
    const path = /^path (.+)$/m.exec(stdout)?.[1];
    if (path === undefined) return undefined;
    const script = /^script$/m.test(stdout);
    const fd3 = /^fd3 (kept|lost)$/m.exec(stdout)?.[1] as "kept" | "lost" | undefined;
    const sudo = /^sudo (.+)$/m.exec(stdout)?.[1];
    return {
      path,
      script,
      fd3: script ? (fd3 ?? "unknown") : "kept",
      early: Array.from(stdout.matchAll(/^early (.+)$/gm), ([, line = ""]) => line),
      ...(sudo !== undefined && { sudo }),
    };
  },
});

/** The flags in front of golang.go's own: dlvFlags, and --log where showLog is set. */
function startFlags(config: Config): string[] {
  const flags = config["dlvFlags"];
  const own = Array.isArray(flags) ? flags.filter((flag) => typeof flag === "string") : [];
  return config["showLog"] === true ? [...own, "--log=true"] : own;
}
