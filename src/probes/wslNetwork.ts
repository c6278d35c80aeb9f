import { probe } from "../core/probe.ts";

/** The network mode of this WSL, as `wslinfo --networking-mode` names it: nat, mirrored, virtioproxy, bridged or none. */
export const wslNetwork = probe({
  id: "wsl-network",
  sh: `
case $(uname -r) in *[Mm]icrosoft*) ;; *) exit 0 ;; esac
echo "wsl $(wslinfo --networking-mode 2>/dev/null | tr -d '\\r')"
`,
  /** Undefined outside WSL; "" where this WSL has no wslinfo (before 2.0). */
  read({ stdout }): string | undefined {
    return /^wsl ?(.*)$/m.exec(stdout)?.[1]?.trim().toLowerCase();
  },
});
