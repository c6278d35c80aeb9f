import { say } from "./run.ts";

/** Ends the process with status 3 and one line, where what it is to show or test can only be done on Linux. */
export function needLinux(what: string): void {
  if (process.platform === "linux") return;
  say(
    `${what}: this needs Linux, for its /proc and the faults that are made there. This is ${process.platform}.`,
  );
  process.exit(3);
}
