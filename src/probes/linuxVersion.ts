import { probe } from "../core/probe.ts";

/** What kernel this is, or what stands in for one. */
export interface LinuxVersion {
  /** The first words of /proc/version, such as "4.4.0-19041-Microsoft"; empty where there is none. */
  readonly release: string;
  /** The name of the WSL distribution, where one is known. */
  readonly distribution?: string;
}

export const linuxVersion = probe<LinuxVersion>({
  id: "linux-version",
  sh: `
cat /proc/version 2>/dev/null
[ -n "\${WSL_DISTRO_NAME-}" ] && printf 'distribution %s\\n' "$WSL_DISTRO_NAME"
exit 0
`,
  read({ stdout }) {
    const distribution = /^distribution (.+)$/m.exec(stdout)?.[1];
    return {
      release: /^Linux version (\S+)/.exec(stdout)?.[1] ?? "",
      ...(distribution !== undefined && { distribution }),
    };
  },
});
