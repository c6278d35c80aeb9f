import { probe } from "../core/probe.ts";

/** A control group that systemd-oomd ended as a whole, with its reason in its own words. */
export interface OomdKill {
  readonly agoMs: number;
  readonly group: string;
  readonly why: string;
}

/** Reads what systemd-oomd wrote into the journal within the last quarter of an hour. No journal: nothing was killed. */
export const oomdKills = probe({
  id: "oomd-kills",
  sh: `
command -v journalctl >/dev/null || exit 0
echo "now $(date +%s)"
journalctl -u systemd-oomd -q -o short-unix --since -15min -n 500 2>/dev/null | grep -E 'Killed .* due to memory' | tail -n 20
exit 0
`,
  read({ stdout }): OomdKill[] {
    const now = Number(/^now (\d+)$/m.exec(stdout)?.[1] ?? Number.NaN);
    return Array.from(
      stdout.matchAll(/^(\d+(?:\.\d+)?) .*systemd-oomd\[\d+\]: Killed (\S+) due to (memory .+)$/gm),
      ([, at, group = "", why = ""]) => ({ agoMs: Math.max(0, (now - Number(at)) * 1000), group, why }),
    );
  },
});
