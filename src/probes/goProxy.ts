import { buildDirectory } from "../core/goBuild.ts";
import type { Launch } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** Where a Go setting comes from; each wins over those after it (go help environment). */
export type SetBy = "launch" | "process" | "file" | "default";

/** Where modules come from, and what would hold without the launch's own entry. Values may hold credentials. */
export interface GoProxy {
  readonly value: string;
  readonly setBy: SetBy;
  /** GOPROXY without the launch's entry; undefined where the host does not tell. */
  readonly rest?: string;
  /** What this Go uses where nobody sets GOPROXY. */
  readonly standard?: string;
  /** What `go env -w` wrote, where it wrote any. */
  readonly inFile?: string;
  /** Addresses as sockets show them, by the variable that names them. */
  readonly addresses: readonly ProxyAddress[];
}

/** IP:PORT, and the host as it is written. */
export interface ProxyAddress {
  readonly variable: string;
  readonly address: string;
  readonly host: string;
}

/**
 * Go's module proxies with their addresses. GOTOOLCHAIN=local keeps go from fetching a toolchain before it answers. The
 * environment before the launch's entries is that of the shell which asks all probes: the parent of `timeout`.
 */
export const goProxy = probe<GoProxy>({
  id: "go-proxy",
  limitMs: 8000,
  args: (launch) => [buildDirectory(launch)],
  sh: `cd "\${1:-.}" || exit 78
export GOTOOLCHAIN=local
value=$(go env GOPROXY) || exit 70
printf 'value %s\\n' "$value"
printf 'standard %s\\n' "$(unset GOPROXY; GOENV=off go env GOPROXY)"
[ -n "\${GOPROXY:-}" ] && echo env
file=$(go env GOENV)
[ -f "$file" ] && sed -n 's/^GOPROXY=/file /p' "$file"
p=$PPID
[ "$(cat /proc/$p/comm 2>/dev/null)" = timeout ] && p=$(sed -n 's/^PPid:[[:space:]]*//p' /proc/$p/status)
if [ -r "/proc/$p/environ" ]; then
  own=$(tr '\\0' '\\n' <"/proc/$p/environ" | sed -n 's/^GOPROXY=//p' | head -n 1)
  [ -n "$own" ] || own=$(unset GOPROXY; go env GOPROXY)
  printf 'rest %s\\n' "$own"
fi
set -f
resolve() {
  for url in $(printf '%s' "$2" | tr ',|' '  '); do
    case $url in *://*) ;; *) continue ;; esac
    host=\${url#*://}; host=\${host%%/*}; host=\${host##*@}
    case $host in
      *]:*|[!\\[]*:*) port=\${host##*:}; name=\${host%:*} ;;
      *) name=$host; port=80; case $url in https:*) port=443 ;; esac ;;
    esac
    name=\${name#[}; name=\${name%]}
    for ip in $(timeout 2 getent ahosts "$name" 2>/dev/null | sed 's/[[:space:]].*//' | sort -u); do
      printf 'at %s %s %s %s\\n' "$1" "$ip" "$port" "$host"
    done
  done
}
resolve GOPROXY "$value"
for v in HTTPS_PROXY https_proxy HTTP_PROXY http_proxy; do
  eval "u=\\\${$v:-}"
  case $u in '') continue ;; *://*) ;; *) u=http://$u ;; esac
  resolve $v "$u"
done
exit 0
`,
  read({ code, stdout, stderr }, launch) {
    if (code !== 0) throw new Error(whyNot(code, stderr));
    const lines = stdout.split("\n");
    const after = (key: string) => lines.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1);
    const inFile = after("file");
    const rest = after("rest");
    const standard = after("standard");
    return {
      value: after("value") ?? "",
      setBy: setBy(launch, "GOPROXY", lines.includes("env"), inFile !== undefined),
      addresses: lines.flatMap(addressOf),
      ...(rest !== undefined && { rest }),
      ...(standard && { standard }),
      ...(inFile !== undefined && { inFile }),
    };
  },
});

/** Which layer a Go setting comes from. */
export function setBy(launch: Launch, name: string, inEnv: boolean, inFile: boolean): SetBy {
  if (launch.env[name]) return "launch";
  return inEnv ? "process" : inFile ? "file" : "default";
}

/** Why a probe that runs go in the build's directory has no answer. */
export function whyNot(code: number | null, stderr: string): string {
  if (code === 78) return say`the directory that dlv builds in does not exist`;
  if (code === 127 || /go: not found/.test(stderr)) return say`there is no go to ask`;
  return stderr.trim().split("\n").at(-1) || say`go ended with code ${String(code)}`;
}

function addressOf(line: string): ProxyAddress[] {
  const [, variable, ip, port, host] = /^at (\S+) (\S+) (\d+) (\S+)$/.exec(line) ?? [];
  if (variable === undefined || ip === undefined || host === undefined) return [];
  return [{ variable, address: `${ip.includes(":") ? `[${ip}]` : ip}:${port}`, host }];
}
