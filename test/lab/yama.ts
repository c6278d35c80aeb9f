import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../../src/core/host.ts";
import { localHost } from "../../src/hosts/local.ts";

/**
 * Options of bwrap under which /proc/sys/kernel/yama/ptrace_scope reads `scope` and CAP_SYS_PTRACE is gone, for root too
 * unless `capable`. The build machine's kernel has no Yama: nothing here enforces the value, it can only be read.
 */
export function yamaOptions(folder: string, scope: number, capable = false): readonly string[] {
  const file = join(folder, `ptrace_scope-${scope}`);
  writeFileSync(file, `${scope}\n`);
  const target = "/proc/sys/kernel/yama/ptrace_scope";
  const drop = capable ? [] : ["--cap-drop", "CAP_SYS_PTRACE"];
  // bwrap itself reads these when it runs inside another one.
  const kept = ["overflowuid", "overflowgid", "cap_last_cap"].flatMap((name) => {
    const path = `/proc/sys/kernel/${name}`;
    return ["--ro-bind", path, path];
  });
  const empty = ["--tmpfs", "/proc/sys/kernel", "--dir", "/proc/sys/kernel/yama"];
  return [...empty, "--ro-bind", file, target, ...kept, ...drop];
}

/** This machine as a kernel with Yama would show it: every command of a diagnosis runs under these options. */
export function yamaHost(options: readonly string[]): Host {
  return {
    ...localHost,
    run: (command, limits) =>
      localHost.run(
        {
          ...command,
          argv: ["bwrap", "--dev-bind", "/", "/", "--die-with-parent", ...options, ...command.argv],
        },
        limits,
      ),
  };
}
