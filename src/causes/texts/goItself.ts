import { say } from "../../core/say.ts";
import { either, type Row } from "./row.ts";

/** go without a build cache: Go 1.12 to 1.26. */
export const cacheRefused =
  /build cache is (?:required, but could not be located(?!: GOCACHE is not an absolute)|disabled by GOCACHE=off)|failed to initialize build cache at /;

/** A file that the filesystem gives no lock of (ENOLCK, ENOSYS, ENOTSUP): Go 1.12 to 1.26, cmd/go/internal/lockedfile. */
export const lockRefused =
  /\bR?Lock (\/[^\n]+?): (?:no locks available|function not implemented|operation not supported)/;

/** glibc's features.h, where -Werror makes an error of its warning. */
export const fortifyRefused = /_FORTIFY_SOURCE requires compiling with optimization/;

/** go that does not take its command line: Go 1.19 to 1.26. */
export const flagRefused =
  /^(?:flag provided but not defined: |invalid (?:boolean )?value ".*" for (?:flag )?-|flag needs an argument: |malformed import path "|package \S+ is not in (?:GOROOT|std)|no required module provides package \S+;|cannot find package ")/;

/** What go may not make in its module cache, with the path: Go 1.13 to 1.26. */
export const notPermittedPath = /(?:mkdir|open|rename|lstat|chmod|unlinkat) (\/[^\n:]+): permission denied/;

/** The compiler of one Go run by the go of another: Go 1.9 to 1.26. */
export const versionsDiffer = /compile: version "\S+" does not match go tool version "\S+"/;

export const rootMissing = /cannot find GOROOT directory/;

/** Version managers that have no Go to run: golang.org/dl, asdf 0.8 to 0.16, goenv 2, mise. */
export const shimRefused =
  /: not downloaded\. Run '|[Nn]o (?:preset )?version (?:is set|installed) for command go|^goenv: |mise ERROR|unknown command: go\. Perhaps you have to reshim/m;

/** go that refuses its own environment: Go 1.19 to 1.26. */
export const envRefused =
  /parsing \$GOFLAGS: |\(from \$GOFLAGS\)|GOPATH entry |GOMODCACHE entry is relative|GOCACHE is not an absolute path|creating work dir: .*no such file|invalid GOTOOLCHAIN|unknown GOEXPERIMENT|unknown environment setting |invalid GOWORK: /;

/** go about a package that is there to stop a build of Delve for another processor or system: Delve 1.5 to 1.27. */
export const platformRefused =
  /your_\w*(?:operating_system|architecture)\w*_is_not_supported_by_delve|can_not_build_on_\w+_with_cgo_disabled/;

const go = "go: src/cmd/go";

/** Section D, where go cannot do its work whatever the program is: its command line, its environment, its directories. */
export const goTexts: readonly Row[] = [
  {
    id: "D17",
    text: cacheRefused,
    sample:
      "build cache is required, but could not be located: GOCACHE is not defined and neither $XDG_CACHE_HOME nor $HOME are defined",
    source: `${go}/internal/cache/default.go`,
    means: {
      why: "neither HOME nor GOCACHE is there, or not writable",
      causes: ["no-home-no-gocache", "disk-full"],
    },
  },
  {
    id: "D24",
    text: lockRefused,
    sample: "go: RLock /root/go/pkg/mod/cache/lock: no locks available",
    source: `${go}/internal/lockedfile/lockedfile.go`,
    means: { why: "a filesystem that gives no locks", causes: ["nfs-lock-hang", "no-home-no-gocache"] },
  },
  {
    id: "D25",
    text: fortifyRefused,
    sample:
      "/usr/include/features.h:412:4: error: #warning _FORTIFY_SOURCE requires compiling with optimization (-O) [-Werror=cpp]",
    source: "glibc: include/features.h",
    means: { why: "C is compiled with -O0 and -Werror", causes: ["cgo-o0-fortify"] },
  },
  {
    id: "D27",
    text: either(versionsDiffer, rootMissing),
    sample: 'compile: version "go1.25.1" does not match go tool version "go1.26.8"',
    source: `${go}/internal/work/buildid.go`,
    means: { why: "GOROOT is another Go's than go itself", causes: ["shim-or-gvm-mismatch"] },
  },
  {
    id: "D28",
    text: shimRefused,
    sample: "No version is set for command go",
    source: "asdf, goenv, mise, golang.org/dl",
    means: {
      why: "a version manager stands in for go and has none to run",
      causes: ["shim-or-gvm-mismatch"],
    },
  },
  {
    id: "D29",
    text: envRefused,
    sample: "go: parsing $GOFLAGS: unknown flag -nope",
    source: `${go}/internal/base/goflags.go`,
    means: {
      why: "a variable that go refuses",
      causes: ["envfile-or-env-surprise"],
      attributes: ["env", "envFile"],
      write: say`a value that go env takes, or no such variable`,
    },
  },
  {
    id: "D30",
    text: platformRefused,
    sample: "undefined: your_operating_system_and_architecture_combination_is_not_supported_by_delve",
    source: "pkg/proc/native/support_sentinel.go",
    means: { why: "a build of Delve for a system that it does not know", causes: ["unsupported-platform"] },
  },
  {
    id: "D26",
    text: notPermittedPath,
    sample: "go: could not create module cache: mkdir /root/go/pkg/mod: permission denied",
    source: `${go}/internal/modfetch/cache.go`,
    means: {
      why: "a directory of go's that this user may not write",
      causes: ["no-home-no-gocache", "package-dir-unwritable"],
    },
  },
];
