import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** The version of the launch's dlv, such as "1.27.1". */
export const dlvVersion = probe({
  id: "dlv-version",
  argv: (launch) => [launch.dlv, "version"],
  read({ stdout, stderr }): string {
    const version = /^Version: v?(\S+)/m.exec(stdout)?.[1];
    if (version === undefined)
      throw new Error(say`dlv version said: ${(stderr || stdout).trim() || say`nothing`}`);
    return version;
  },
});
