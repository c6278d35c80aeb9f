import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { type Fortify, fortify } from "../../probes/fortify.ts";
import { fortifyRefused } from "../texts.ts";

const id = "cgo-o0-fortify";

/** Delve turns optimisation off for C too, and glibc's hardening demands it. */
export const cgoO0Fortify = cause({
  id,
  title: say`The C compiler refuses Delve's -O0, because it hardens with _FORTIFY_SOURCE`,
  about: {
    what: "Where CGO_CFLAGS is not set, dlv sets it to `-O0 -g`, so that C can be debugged too. A toolchain that defines _FORTIFY_SOURCE for every file (Nix, devbox, a hardened distribution) then makes glibc warn that it `requires compiling with optimization`, and the -Werror of runtime/cgo turns that into an error: the program builds in the terminal and not under the debugger. CGO_CFLAGS in the configuration's `env` takes the place of Delve's.",
    notThis:
      "A warning of the program's own C code fails in the terminal too. That the compiler takes a header without complaint once _FORTIFY_SOURCE is undefined, or once it optimises, tells this from every other error.",
    sources: [
      "go-delve/delve#3748",
      "go-delve/delve#3085",
      "NixOS/nixpkgs#18995",
      "NixOS/nixpkgs#60919",
      "go-delve/delve#2821",
    ],
    seen: "real",
  },
  needs: { hardening: fortify },
  when: (launch) => builds(launch) && fortifyRefused.test(launch.timeline.buildError ?? ""),
  find({ hardening }, launch) {
    const { complaint, undefining, optimised, cc, flagsSet } = hardening;
    if (complaint === "") return undefined;
    const flags = flagsSet ? "CGO_CFLAGS" : say`the CGO_CFLAGS="-O0 -g" that dlv sets`;
    return {
      certainty: undefining || optimised ? "proven" : "likely",
      because: say`${cc} defines _FORTIFY_SOURCE, which does not go with ${flags}.`,
      evidence: [
        say`${cc} -Werror with ${flagsSet ? "CGO_CFLAGS" : "-O0 -g"} on a file of one #include: ${complaint}`,
        ...(undefining ? [say`the same with -U_FORTIFY_SOURCE: accepted`] : []),
        ...(optimised ? [say`the same with -O1 as well, which wins over -O0: accepted`] : []),
        ...(launch.timeline.buildError
          ?.split("\n")
          .filter((line) => fortifyRefused.test(line))
          .slice(0, 1) ?? []),
      ],
      explains: { phase: "build", ms: spent(launch.timeline, "build") },
      fixes: fixes(hardening, launch),
    };
  },
});

function fixes({ undefining, optimised, flagsSet }: Fortify, launch: Launch): Fix[] {
  // Flags of the user's own can be what finds his headers: they stay. The editor puts in what it inherited.
  const own = flagsSet ? (launch.env["CGO_CFLAGS"] ?? `\${env:CGO_CFLAGS}`) : "-O0 -g";
  const all = [
    ...(undefining
      ? [
          setFlags(
            "unfortified",
            `${own} -U_FORTIFY_SOURCE`,
            say`Compile C without the hardening, in this configuration only`,
          ),
        ]
      : []),
    ...(optimised
      ? [
          setFlags(
            "optimised",
            `${own} -O1`,
            say`Compile C with little optimisation, in this configuration only`,
          ),
        ]
      : []),
    {
      id: `${id}/no-hardening`,
      title: say`Turn the toolchain's hardening off`,
      needsRoot: false,
      scope: "folder",
      action: {
        kind: "advice",
        text: say`In a Nix shell: hardeningDisable = [ "fortify" ]; (or the environment variable NIX_HARDENING_ENABLE without fortify).`,
      },
    } as const,
  ];
  return all.map((fix, index) => ({ ...fix, preferred: index === 0 }));
}

function setFlags(name: string, value: string, title: string): Omit<Fix, "preferred"> {
  return {
    id: `${id}/${name}`,
    title,
    needsRoot: false,
    scope: "launch",
    action: { kind: "launch.json", edits: [{ at: ["env", "CGO_CFLAGS"], value }] },
  };
}
