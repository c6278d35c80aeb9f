import { say } from "../core/say.ts";
import { quote } from "../core/shell.ts";

/** What a host says of itself when the doctor first gets there. */
export interface Profile {
  /** The kernel's name, as uname(1) says it: "Linux", "Darwin" … */
  readonly system: string;
  readonly uid: number;
  readonly home: string;
  /**
   * The PATH that a login shell of the user has, and behind it what a command is given anyway: the one often lacks what
   * sshd's own settings add, the other lacks Go.
   */
  readonly path: string;
  /** What a login shell exports, as lines of POSIX sh (`export -p`). Its values may be secret: into scripts only. */
  readonly login: string;
  /** This end of an SSH connection as the host sees it, ADDRESS PORT ($SSH_CONNECTION); absent for other ways. */
  readonly client?: string;
  /** The dlv on that PATH, else where `go install` puts it (GOBIN, GOPATH/bin, ~/go/bin). */
  readonly dlv?: string;
  /** The login shell. */
  readonly shell: string;
}

/** timeout(1) in Perl: ends a program after some seconds, with all it started. */
const limited =
  '$t = shift; $p = fork; if (!$p) { setpgrp; exec @ARGV; exit 127 } $SIG{ALRM} = sub { kill "KILL", -$p }; alarm $t; waitpid $p, 0';

/** Lines that say where that shell was, that some shell refuses to take back and ends for (UID is often exported), or ours. */
const unwanted =
  /^(?:export|declare|typeset)(?: -\w+)* (?:PWD|OLDPWD|SHLVL|_|SHELLOPTS|BASHOPTS|BASH_VERSINFO|E?UID|E?GID|PPID|dd_\w*)(?:=|$)/;

/**
 * A script that prints a profile, a line a fact. A login shell of any kind is asked for its PATH through a sh of its own:
 * fish has a list in $PATH, and csh knows no -l beside -c. It is read up to the mark only: what a start-up file leaves in
 * the background may hold its output open for ever. It has two tries of `loginSeconds`. Where there is no timeout(1), as on macOS, there is perl.
 */
export function helloScript(mark: string, loginSeconds: number): string {
  const tell = `exec sh -c ${quote(`printf "${mark}:%s:${mark}\\n" "$PATH"; export -p; echo ${mark}:`)}`;
  return `dd_main() {
exec </dev/null
printf '\\n%s hello\\n' ${mark}; printf '\\n%s hello\\n' ${mark} >&2
dd_given=\${PATH-}
dd_own=$dd_given
PATH=$dd_own:/usr/local/bin:/usr/bin:/bin
dd_shell=\${SHELL:-/bin/sh}
if command -v timeout >/dev/null; then set -- timeout ${loginSeconds}
elif command -v perl >/dev/null; then set -- perl -e ${quote(limited)} ${loginSeconds}
else set --
fi
dd_login=$("$@" "$dd_shell" -l -c ${quote(tell)} 2>/dev/null | sed '/^${mark}:$/q')
case $dd_login in *${mark}:*:${mark}*) ;; *) dd_login=$("$@" "$dd_shell" -c ${quote(tell)} 2>/dev/null | sed '/^${mark}:$/q');; esac
case $dd_login in *${mark}:*:${mark}*)
  dd_own=\${dd_login#*${mark}:}; dd_own=\${dd_own%%:${mark}*}
  dd_exports=\${dd_login#*:${mark}}; dd_exports=\${dd_exports%${mark}:*};;
esac
[ "$dd_own" = "$dd_given" ] || dd_own=$dd_own:$dd_given
echo "system $(uname -s)"
echo "uid $(id -u)"
echo "home \${HOME-}"
echo "shell $dd_shell"
echo "path $dd_own"
echo "client \${SSH_CONNECTION-}"
PATH=$dd_own
dd_dlv=$(command -v dlv)
[ -n "$dd_dlv" ] || for dd_p in "\${GOBIN-}" "\${GOPATH-}/bin" "$(go env GOPATH 2>/dev/null)/bin" "\${HOME-}/go/bin"; do
  [ -f "$dd_p/dlv" ] && [ -x "$dd_p/dlv" ] && dd_dlv=$dd_p/dlv && break
done
[ -n "$dd_dlv" ] && echo "dlv $dd_dlv"
printf 'login %s\\n' "\${dd_exports-}"
exit 0
}
dd_main
`;
}

/** Reads what the script printed. Throws where it is not complete. */
export function readProfile(said: string): Profile {
  const [head = "", login = ""] = said.split("\nlogin ");
  const facts = new Map(
    head.split("\n").flatMap((line): [string, string][] => {
      const at = line.indexOf(" ");
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
    }),
  );
  const get = (fact: string) => {
    const value = facts.get(fact);
    if (value === undefined) throw new Error(say`the host did not say its ${fact}`);
    return value;
  };
  const dlv = facts.get("dlv");
  const [address, port] = (facts.get("client") ?? "").split(" ");
  return {
    system: get("system"),
    uid: Number(get("uid")),
    home: get("home"),
    shell: get("shell"),
    path: [...new Set(get("path").split(":"))].join(":"),
    login: login
      .split("\n")
      .filter((line) => !unwanted.test(line))
      .join("\n"),
    ...(address && port && { client: `${address} ${port}` }),
    ...(dlv !== undefined && { dlv }),
  };
}
