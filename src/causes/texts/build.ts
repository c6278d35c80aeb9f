import { say } from "../../core/say.ts";
import { either, type Row } from "./row.ts";

/** dlv that has no go to run. */
export const goMissing = /exec: "go": executable file not found in \$PATH/;

/** A complaint of the compiler, of vet or of go's own parser, with its position: a line of its own. */
export const diagnostic = /^(?:vet: )?(\S+\.go):(\d+):(?:(\d+):)? (.+)$/;

/** go outside a module, a workspace or the module that the program is in: Go 1.16 and newer. */
export const outsideModule =
  /go\.mod file not found|cannot find main module|outside (?:main module|available modules|modules listed in go\.work)|not one of the workspace modules listed in go\.work|reading go\.work: /;

/** A module's package looked for under GOPATH: Go 1.16 and newer with GO111MODULE=off. */
export const gopathMode = /cannot find package ".*" in any of:|cannot import absolute path/;

/** What go says of a package it cannot read, and of one whose cache entry it cannot write: "GOROOT" up to Go 1.20. */
export const notInStd = /package (\S+) is not in (?:GOROOT|std)/;

/** go hides git's own words behind its exit code: Go 1.18 and newer. */
export const vcsStatus = /error obtaining VCS status: /;

/** go that is given a file or a directory with nothing in it to build. */
export const nothingToBuild =
  /no packages to build|no (?:non-test )?Go files in|does not contain package|named files must (?:be|all be)|no required module provides package \S+\.\w+;/;

/** A name that no file of the build declares. */
export const undefinedName = /^undefined: (\w+)$/;

/** A tool of a build that SIGKILL ended, with its name where go tells it. */
export const toolKilled = /(?:([\w+-]{1,100}): )?signal: killed/;

/** errno ENOSPC and EDQUOT as go prints them. */
export const noSpace = /no space left on device|disk quota exceeded/;

/** go that cannot put the program where it is to go: Go 1.19 to 1.26. */
export const outputRefused =
  /(?:open|create) \S*__debug\S*: (?:permission denied|read-only file system)|(?:copying|go build: open|-o) .*(?:permission denied|read-only file system)/;

/** A C compiler that is not on PATH, in the words of cgo and of os/exec: Go 1.16 to 1.26. */
export const compilerMissing =
  /C compiler "[^"]*" not found|^(?:cgo: )?exec: "[^"]*(?:gcc|clang|cc)[^"]*": executable file not found/m;

/** A package of which no file is left: Go 1.16 to 1.26. */
export const constraintsExclude = /build constraints exclude all Go files in/;

const go = "go: src/cmd/go";

/**
 * Section D: dlv builds. go's words come whole in one output event that begins with "Build Error:"; the launch's own
 * answer says only "Build error: Check the debug console for details." What names a line of a file comes last here: many
 * of go's other texts stand behind such a position.
 */
export const buildTexts: readonly Row[] = [
  {
    id: "D2",
    text: goMissing,
    sample:
      'Build Error: go build -o /w/__debug_bin -gcflags all=-N -l .\n (exec: "go": executable file not found in $PATH)',
    source: "go: src/os/exec/lp_unix.go",
    means: { why: "the PATH that dlv gets has no go", causes: ["go-not-on-extension-host-path"] },
  },
  {
    id: "D3",
    text: /go\.mod file not found|cannot find main module/,
    sample: "go: go.mod file not found in current directory or any parent directory; see 'go help modules'",
    source: `${go}/internal/modload/init.go`,
    go: { since: "1.16" },
    means: { why: "dlv builds outside the module", causes: ["wrong-module-dir"] },
  },
  {
    id: "D4",
    text: outsideModule,
    sample:
      "directory /w/other is contained in a module that is not one of the workspace modules listed in go.work",
    source: `${go}/internal/modload/load.go`,
    go: { since: "1.18" },
    means: { why: "go.work lacks the module, or go runs in another module", causes: ["wrong-module-dir"] },
  },
  {
    id: "D22",
    text: nothingToBuild,
    sample: "no Go files in /w",
    source: `${go}/internal/load/pkg.go`,
    means: {
      why: "a file or a directory with nothing in it to build",
      causes: ["wrong-module-dir", "file-var-mode-mismatch"],
      attributes: ["program"],
      write: say`the directory of a package main, such as "\${workspaceFolder}/cmd/server"`,
    },
  },
  {
    id: "D5",
    text: either(/no required module provides package/, notInStd, /cannot find module providing package/),
    sample: "main.go:3:8: package fmtt is not in std (/usr/local/go/src/fmtt)",
    source: `${go}/internal/modload/import.go`,
    means: {
      why: "an import that go.mod does not provide, or a slip of the pen",
      causes: ["build-error", "disk-full"],
    },
  },
  {
    id: "D6",
    text: /directory not found|stat .*: no such file or directory|no such file or directory \(exit|chdir .*: no such file/,
    sample: "stat /w/none: directory not found",
    source: `${go}/internal/modload/load.go`,
    means: {
      why: "the directory of the program is missing on the host that dlv runs on",
      causes: ["wrong-module-dir", "build-error"],
      attributes: ["program"],
      write: say`a directory that exists there`,
    },
  },
  {
    id: "D10",
    text: vcsStatus,
    sample: "error obtaining VCS status: exit status 128\n\tUse -buildvcs=false to disable VCS stamping.",
    source: `${go}/internal/load/pkg.go`,
    go: { since: "1.18" },
    means: {
      why: "git is missing, refuses the repository or fails in it",
      causes: ["vcs-dubious-ownership", "slow-git-status"],
    },
  },
  {
    id: "D11",
    text: /flag provided but not defined: (\S+)$/m,
    sample: "flag provided but not defined: -nope\nusage: go build [-o output] [build flags] [packages]",
    source: "go: src/flag/flag.go",
    means: {
      why: "a build flag that go does not know",
      causes: ["buildflags-quoting"],
      attributes: ["buildFlags"],
      write: say`flags that \`go help build\` lists; a flag of the program belongs into args`,
    },
  },
  {
    id: "D12",
    text: compilerMissing,
    sample: '# runtime/cgo\ncgo: C compiler "gcc" not found: exec: "gcc": executable file not found in $PATH',
    source: "go: src/cmd/cgo/gcc.go",
    means: { why: "a package with C in it, and no C compiler", causes: ["cgo-no-c-compiler"] },
  },
  {
    id: "D13",
    text: constraintsExclude,
    sample: "package example.com/w: build constraints exclude all Go files in /w",
    source: "go: src/go/build/build.go",
    means: {
      why: "no file is left for this GOOS, GOARCH, CGO_ENABLED and these tags",
      causes: ["goos-goarch-leak", "cgo-no-c-compiler", "build-error"],
      attributes: ["buildFlags", "env"],
      write: say`the -tags that the files ask for`,
    },
  },
  {
    id: "D14",
    text: toolKilled,
    sample: "example.com/w: /usr/local/go/pkg/tool/linux_amd64/link: signal: killed",
    source: `${go}/internal/work/exec.go`,
    means: {
      why: "the kernel or a guard ended a compiler or the linker",
      causes: ["oom-kill"],
    },
  },
  {
    id: "D15",
    text: noSpace,
    sample: "copying /tmp/go-build1/b001/exe/a.out: write /w/__debug_bin1: no space left on device",
    source: "kernel: ENOSPC, EDQUOT",
    means: { why: "the disk of the output, of GOTMPDIR or of GOCACHE is full", causes: ["disk-full"] },
  },
  {
    id: "D16",
    text: outputRefused,
    sample: "go: copying /tmp/go-build1/b001/exe/a.out: open /w/__debug_bin1: read-only file system",
    source: `${go}/internal/work/exec.go`,
    means: {
      why: "dlv's user may not write where the binary goes",
      causes: ["package-dir-unwritable"],
      attributes: ["output"],
      write: say`a path in a directory that may be written to, such as /tmp/NAME`,
    },
  },
  {
    id: "D18",
    text: /invalid buildflags type/,
    sample: "invalid buildflags type: float64",
    source: "pkg/gobuild/gobuild.go",
    means: { why: say`a client that is not checked by C5`, attributes: ["buildFlags"], write: say`one text` },
  },
  {
    id: "D19",
    sample: "nothing is said, and a child of the build is alive",
    source: go,
    means: {
      why: "a fetch, a lock, a git, a C compiler or simply a large build",
      causes: [
        "module-download-blocked",
        "first-debug-build-slow",
        "gotoolchain-download",
        "private-module-auth-hang",
        "nfs-lock-hang",
        "go-lock-held",
        "slow-git-status",
      ],
    },
  },
  {
    id: "D20",
    text: gopathMode,
    sample:
      'main.go:3:8: cannot find package "example.com/dep" in any of:\n\t/usr/local/go/src/example.com/dep (from $GOROOT)',
    source: "go: src/go/build/build.go",
    means: { why: "GO111MODULE=off: modules are not looked at", causes: ["wrong-module-dir"] },
  },
  {
    id: "D23",
    text: /Build error: Check the debug console for details\./,
    sample: "Failed to launch: Build error: Check the debug console for details.",
    source: "service/dap/server.go",
    means: { why: "the build failed; the output event says why" },
  },
  {
    id: "D1",
    text: new RegExp(diagnostic.source, "m"),
    sample: "# example.com/w\n./main.go:4:2: undefined: nope (exit status 1)",
    source: "go: src/cmd/compile",
    means: { why: "the program does not compile", causes: ["build-error"] },
  },
];
