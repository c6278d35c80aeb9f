import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** The mounts that dlv sees, as proc_pid_mountinfo(5) lists them. No filesystem is touched. */
export const mountTable = probe<string>({
  id: "mount-table",
  sh: "cat /proc/self/mountinfo",
  read({ code, stdout }) {
    if (code !== 0) throw new Error(say`this system lists no mounts`);
    return stdout;
  },
});
