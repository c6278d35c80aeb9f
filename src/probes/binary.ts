import { type Launch, textOf } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { isDebuggee } from "../core/process.ts";

/** The program that dlv debugs, as its own file tells. */
export interface Binary {
  readonly path: string;
  /** "other" is Mach-O, PE or a script. */
  readonly format: "elf" | "other" | "unreadable" | "missing";
  readonly go: boolean;
  /** DWARF is there: a section .debug_info, or .zdebug_info as Go wrote it before 1.20. */
  readonly debugInfo: boolean;
  /** That DWARF is of version 5, which alone has a section .debug_addr. */
  readonly dwarf5: boolean;
  /** The Go that built it and what it kept of its flags (`go version -m`), where a go is there to read them. */
  readonly goVersion?: string;
  readonly ldflags?: string;
  readonly package?: string;
}

/**
 * Reads section names of the program's ELF file with od, because a machine that runs a program seldom has binutils.
 * The file is that of `program` in exec mode, /proc/PID/exe of an attach, else of the process that dlv traces now.
 * Undefined where there is no such file: dlv has built nothing yet, or has removed what it built.
 */
export const binary = probe({
  id: "binary",
  args: (launch) => [programFile(launch)],
  sh: `
[ -n "$1" ] || exit 0
f=$1
case $f in /proc/*) echo "path $(readlink "$f")" ;; *) echo "path $f" ;; esac
[ -e "$f" ] || { [ -L "$f" ] && echo "format unreadable" || echo "format missing"; exit 0; }
[ -r "$f" ] || { echo "format unreadable"; exit 0; }
number() { od -An -v -tu"$2" -j "$1" -N "$2" "$f" | tr -d ' '; }
case $(od -An -v -tx1 -N 5 "$f" | tr -d ' \\n') in
  7f454c4602) at=$(number 40 8) size=$(number 58 2) last=$(number 62 2) offset=24 length=32 word=8 ;;
  7f454c4601) at=$(number 32 4) size=$(number 46 2) last=$(number 50 2) offset=16 length=20 word=4 ;;
  *) echo "format other"; exit 0 ;;
esac
echo "format elf"
go=$(PATH=$LAUNCH_PATH; command -v go)
[ -n "$go" ] && GOTOOLCHAIN=local "$go" version -m "$f" 2>/dev/null | sed 's/^/go /'
[ "$at" -gt 0 ] || exit 0
header=$((at + size * last))
from=$(number $((header + offset)) $word)
bytes=$(number $((header + length)) $word)
tail -c +$((from + 1)) "$f" | head -c "$bytes" | tr '\\0' '\\n' | sed 's/^/section /'
exit 0
`,
  read({ stdout }): Binary | undefined {
    const path = /^path (.+)$/m.exec(stdout)?.[1];
    if (path === undefined) return undefined;
    const sections = Array.from(stdout.matchAll(/^section (.*)$/gm), ([, name = ""]) => name);
    const goVersion = /^go [^\t].*: (\S*go\d\S*)/m.exec(stdout)?.[1];
    const ldflags = /^go \tbuild\t-ldflags=(.*)$/m.exec(stdout)?.[1];
    const main = /^go \tpath\t(.*)$/m.exec(stdout)?.[1];
    return {
      path,
      format: (/^format (elf|other|unreadable)$/m.exec(stdout)?.[1] ?? "missing") as Binary["format"],
      go: goVersion !== undefined || sections.some((name) => /\.(go\.buildinfo|gopclntab)$/.test(name)),
      debugInfo: sections.some((name) => /\.z?debug_info$/.test(name)),
      dwarf5: sections.includes(".debug_addr"),
      ...(goVersion !== undefined && { goVersion }),
      ...(ldflags !== undefined && { ldflags: unquote(ldflags) }),
      ...(main !== undefined && { package: main }),
    };
  },
});

/** Where the program's file is: `program` in exec mode, else the running program's own; "" where there is none (yet). */
export function programFile(launch: Launch): string {
  if (launch.mode === "exec") return textOf(launch, "program") ?? "";
  const traced = launch.timeline.last?.processes.find(isDebuggee)?.pid;
  const pid = String((launch.request === "attach" ? launch.config["processId"] : traced) ?? "");
  return /^[1-9]\d*$/.test(pid) ? `/proc/${pid}/exe` : "";
}

/** Build settings with spaces in them are written as Go strings. */
function unquote(text: string): string {
  return /^".*"$/.test(text) ? text.slice(1, -1).replaceAll('\\"', '"') : text;
}
