import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * The dlv to run where neither the command line nor the configuration names one: PATH, then where `go install` puts it
 * (GOBIN, GOPATH/bin, ~/go/bin). Where there is none it stays "dlv", and the launch fails with the reason.
 */
export function findDlv(env: NodeJS.ProcessEnv): string {
  const gopath = (env["GOPATH"] ?? join(homedir(), "go")).split(delimiter).map((dir) => join(dir, "bin"));
  const folders = [...(env["PATH"] ?? "").split(delimiter), env["GOBIN"] ?? "", ...gopath];
  const found = folders.filter((dir) => dir !== "").map((dir) => join(dir, "dlv"));
  return found.find(isProgram) ?? "dlv";
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
