import { either, type Row } from "./row.ts";

/** A go line newer than the Go that may be used: Go 1.21 and newer. */
export const goLineTooNew = /go\.(?:mod|work) requires go >= (\S+) \(running go (\S+?);/;

/** A toolchain that could not be fetched, and why: Go 1.21 and newer. */
export const toolchainFailed = /download go(\S+?)(?: for \S+?)?: (.+)/;

/** A module that could not be fetched, and why, in the words of go's HTTP client or of the proxy. */
export const moduleFailed =
  /([\w.~!/-]{1,400}@v[^\s:]{1,100}): ((?:Get "|reading |dial |git |unrecognized |module lookup disabled|invalid version|verifying module: .*dial).*)/;

/** Of those, an answer that another proxy would not better: a status, git's own refusal, a bad version. */
export const sourceAnswered = /: [45]\d\d [A-Z]|invalid version|(?:^|: )git /;

export const downloading = /^go: downloading (\S+) (v\S+)$/gm;

export const lookupDisabled = /module lookup disabled by GOPROXY=off/;

/** A vendor directory that go.mod or go.work has left behind (Go 1.14 to 1.26), and one that lacks an imported package. */
export const vendorStale = /inconsistent vendoring in /;

export const vendorLacks = /import lookup disabled by -mod=vendor/;

const go = "go: src/cmd/go";

/** Section D, where go wants something that is not on this machine: modules, toolchains, and the files that name them. */
export const moduleTexts: readonly Row[] = [
  {
    id: "D7",
    text: /errors parsing go\.mod|invalid go version '.*'|unknown directive: toolchain/,
    sample: "go: errors parsing go.mod:\n/w/go.mod:3: invalid go version '1.21.0': must match format 1.23",
    source: "go: src/cmd/vendor/golang.org/x/mod/modfile/rule.go",
    means: { why: "go.mod is written for a newer go (up to 1.20), or badly", causes: ["build-error"] },
  },
  {
    id: "D8",
    text: either(goLineTooNew, /toolchain not available/, toolchainFailed),
    sample: "go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)",
    source: `${go}/internal/gover/toolchain.go`,
    go: { since: "1.21" },
    means: {
      why: "go.mod wants a newer go, which may not or could not be fetched",
      causes: ["gotoolchain-download"],
    },
  },
  {
    id: "D9",
    text: either(moduleFailed, lookupDisabled, /reading https?:.*: (?:4\d\d|dial tcp|i\/o timeout|x509)/),
    sample:
      'go: example.com/dep@v1.0.0: Get "https://proxy.example/example.com/dep/@v/v1.0.0.mod": dial tcp: i/o timeout',
    source: `${go}/internal/modfetch/proxy.go`,
    means: { why: "a module could not be fetched", causes: ["module-download-blocked"] },
  },
  {
    id: "D21",
    text: either(vendorStale, vendorLacks, /is explicitly required in go\.mod, but not marked as explicit/),
    sample:
      "go: inconsistent vendoring in /w:\n\texample.com/dep@v1.0.0: is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt",
    source: `${go}/internal/modload/vendor.go`,
    means: {
      why: "vendor/ and go.mod do not say the same",
      causes: ["build-error", "vendoring-inconsistent"],
    },
  },
];
