import { probe } from "../core/probe.ts";

/** What shows that the kernel is gVisor's. */
export interface GVisor {
  /** "Starting gVisor..." of its dmesg. */
  readonly boot: boolean;
  /** The whole of /proc/version. */
  readonly version: string;
}

/** Reads gVisor's own boot messages, which any user may read there, and its fixed kernel version. */
export const gvisor = probe({
  id: "gvisor",
  sh: `
dmesg 2>/dev/null | grep -qF 'Starting gVisor' && echo boot
echo "version $(cat /proc/version 2>/dev/null)"
`,
  read({ stdout }): GVisor {
    return {
      boot: /^boot$/m.test(stdout),
      version: /^version (.*)$/m.exec(stdout)?.[1] ?? "",
    };
  },
});
