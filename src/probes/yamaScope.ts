import { probe } from "../core/probe.ts";

/** kernel.yama.ptrace_scope, 0 to 3; undefined where the kernel has no Yama. A container shows its host's value. */
export const yamaScope = probe({
  id: "yama-scope",
  sh: "cat /proc/sys/kernel/yama/ptrace_scope 2>/dev/null || true",
  read({ stdout }): number | undefined {
    const text = stdout.trim();
    return /^\d$/.test(text) ? Number(text) : undefined;
  },
});
