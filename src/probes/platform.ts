import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** The system that dlv runs on, in uname's words: "Linux", "aarch64", "6.1.0-18-arm64". */
export interface Platform {
  readonly system: string;
  readonly machine: string;
  readonly release: string;
}

/** Asks uname(1). */
export const platform = probe<Platform>({
  id: "platform",
  sh: "uname -s; uname -m; uname -r",
  read({ stdout }) {
    const [system = "", machine = "", release = ""] = stdout.split("\n");
    if (system === "") throw new Error(say`uname said nothing`);
    return { system, machine, release };
  },
});
