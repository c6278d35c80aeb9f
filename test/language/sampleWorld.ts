import { type Standing, unknownWorld, type World } from "../../src/core/world.ts";

/**
 * The world in which the samples of the rules are checked: a folder /w where everything exists that is not called
 * "missing", a path with an extension is a file, and one below /bin a program; a dlv below delve-VERSION is of that version.
 * There are the tasks build and watch, which is never ready, and the hosts build7 (ssh) and api (docker).
 * A directory holds a Go file where it is not called "empty".
 */
export const sampleWorld: World = {
  ...unknownWorld,
  folder: "/w",
  expand(text) {
    const value = text.replaceAll("${workspaceFolder}", "/w").replaceAll("${userHome}", "/home/me");
    return value.includes("${") ? undefined : value;
  },
  look: standing,
  holdsGo: (path) => !path.includes("empty"),
  lookHere: standing,
  tasks: [
    { label: "build", type: "shell", command: "make" },
    { label: "watch", type: "shell", command: "make watch", isBackground: true },
  ],
  hosts: (kind) => ({ ssh: ["build7"], docker: ["api"], podman: [] })[kind],
  delve(config) {
    return /\/delve-([\d.]+)\//.exec(String(config["dlvToolPath"]))?.[1];
  },
};

function standing(path: string): Standing {
  if (path.includes("missing")) return "nothing";
  if (path.includes("/bin/") || path.endsWith("/dlv")) return "program";
  return /\.\w+$/.test(path) ? "file" : "directory";
}
