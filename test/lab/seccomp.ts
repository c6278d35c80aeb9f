import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import type { Host } from "../../src/core/host.ts";
import { localHost } from "../../src/hosts/local.ts";

/** ptrace(2)'s number where the filter is known for (asm/unistd.h). */
const ptrace: Readonly<Record<string, number>> = { x64: 101, arm64: 117 };

/** Why no seccomp filter can be set here, in words; undefined where one can. Needs Debian's bubblewrap. */
export function noSeccomp(): string | undefined {
  if (process.platform !== "linux" || ptrace[process.arch] === undefined)
    return `there is no ptrace filter for ${process.platform} on ${process.arch}`;
  try {
    execFileSync("bwrap", ["--dev-bind", "/", "/", "true"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "bwrap may not make a sandbox here";
  }
}

/**
 * Writes a seccomp filter that answers ptrace(2) with an errno (EPERM when not said) and lets everything else through, as
 * the program that bwrap --seccomp takes: BPF instructions of seccomp(2). With "attach" only PTRACE_ATTACH (16) and
 * PTRACE_SEIZE (0x4206) are refused, and a child may still be traced.
 */
export function writeFilter(
  folder: string,
  errno: number = constants.errno.EPERM,
  which: "all" | "attach" = "all",
): string {
  const refuse = [0x06, 0, 0, 0x00050000 | errno] as const; // SECCOMP_RET_ERRNO
  const allow = [0x06, 0, 0, 0x7fff0000] as const; // SECCOMP_RET_ALLOW
  const attach = [
    [0x20, 0, 0, 16], // ld the first argument
    [0x15, 1, 0, 16],
    [0x15, 0, 1, 0x4206],
  ] as const;
  const checks = which === "attach" ? attach : [];
  const program = [
    [0x20, 0, 0, 0], // ld the system call's number
    [0x15, 0, 1 + checks.length, ptrace[process.arch] ?? 0], // is it ptrace?
    ...checks,
    refuse,
    allow,
  ] as const;
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(([code, yes, no, value], index) => {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(yes, index * 8 + 2);
    bytes.writeUInt8(no, index * 8 + 3);
    bytes.writeUInt32LE(value, index * 8 + 4);
  });
  const file = join(folder, "no-ptrace.bpf");
  writeFileSync(file, bytes);
  return file;
}

/** Writes a script that runs `dlv` under the filter, and more of bwrap's options where given. Returns its path. */
export function wrapDlv(folder: string, dlv: string, filter: string, options = ""): string {
  const script = join(folder, "dlv-wrapper");
  const bwrap = `bwrap --dev-bind / / --die-with-parent ${options} --seccomp 9`;
  writeFileSync(script, `#!/bin/sh\nexec ${bwrap} '${dlv}' "$@" 9<'${filter}'\n`, { mode: 0o755 });
  return script;
}

/** This machine as it looks from inside the filter: every command of a diagnosis runs under it. */
export function filteredHost(filter: string, ...options: readonly string[]): Host {
  const enter = `f=$1; shift; exec bwrap --dev-bind / / --die-with-parent --seccomp 9 "$@" 9<"$f"`;
  return {
    ...localHost,
    run: (command, limits) =>
      localHost.run(
        { ...command, argv: ["sh", "-c", enter, "sh", filter, ...options, ...command.argv] },
        limits,
      ),
  };
}
