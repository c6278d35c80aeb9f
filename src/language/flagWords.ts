import { say } from "../core/say.ts";

/** A word that can be written, and half a line about it, which is said when it is asked for. */
export interface Word {
  readonly word: string;
  says(): string;
}

/** Flags of `dlv dap` (Delve 1.27.1) that golang.go does not set itself; the log's have attributes of their own. */
export const dlvFlags: readonly Word[] = [
  {
    word: "--check-go-version=false",
    says: () => say`start although this Delve was not made for the Go of the program`,
  },
  { word: "--only-same-user=false", says: () => say`let other users of this machine connect to dlv` },
  { word: "--disable-aslr", says: () => say`load the program at the same addresses every time` },
];

/** Flags of go build that people debug with. Delve adds -gcflags='all=-N -l' itself. */
export const buildFlags: readonly Word[] = [
  { word: "-tags=", says: () => say`build tags, with commas between` },
  { word: "-race", says: () => say`find data races; needs cgo and a C compiler` },
  { word: "-cover", says: () => say`count which statements are executed` },
  { word: "-mod=mod", says: () => say`let go change go.mod, and ignore vendor/` },
  { word: "-mod=vendor", says: () => say`build from vendor/ alone` },
  { word: "-modfile=", says: () => say`another file in the place of go.mod` },
  {
    word: "-ldflags=",
    says: () => say`flags for the linker, such as -X main.version=1; -s and -w leave nothing to debug`,
  },
  { word: "-buildvcs=false", says: () => say`do not ask git for a version stamp` },
  {
    word: "-trimpath",
    says: () => say`no paths of this machine in the binary; breakpoints need substitutePath then`,
  },
  { word: "-pgo=off", says: () => say`no profile-guided optimization` },
  { word: "-overlay=", says: () => say`a JSON file that puts other files in the place of some` },
  { word: "-a", says: () => say`build every package again` },
  { word: "-x", says: () => say`print the commands that are run` },
];

/** Environment variables that a debugged Go program, or its build, listens to. */
export const variables: readonly Word[] = [
  { word: "GODEBUG", says: () => say`switches of the runtime and the standard library` },
  { word: "GOTRACEBACK", says: () => say`how much a crash prints, and whether it leaves a core file` },
  { word: "GOMAXPROCS", says: () => say`how many threads run Go code at once` },
  { word: "GOGC", says: () => say`how much the heap grows before it is collected, in percent` },
  { word: "GOMEMLIMIT", says: () => say`a soft limit of memory, such as 512MiB` },
  { word: "GORACE", says: () => say`what the race detector does` },
  { word: "GOFLAGS", says: () => say`flags for every go command, such as -mod=mod` },
  { word: "CGO_ENABLED", says: () => say`whether C is built into the program` },
  { word: "GOTOOLCHAIN", says: () => say`which Go builds it: local, or a version` },
];

/** Values of some of these. */
export const variableValues: Readonly<Record<string, readonly Word[]>> = {
  GODEBUG: [
    { word: "gctrace=1", says: () => say`a line for every garbage collection` },
    { word: "schedtrace=1000", says: () => say`the state of the scheduler every second` },
    { word: "inittrace=1", says: () => say`what the init of every package takes` },
    { word: "http2debug=1", says: () => say`what HTTP/2 does` },
    { word: "netdns=go+1", says: () => say`Go's own resolver, and what it does` },
    { word: "asyncpreemptoff=1", says: () => say`no preemption by signals` },
  ],
  GOTRACEBACK: [
    { word: "all", says: () => say`the stacks of all goroutines` },
    { word: "system", says: () => say`those of the runtime as well` },
    { word: "crash", says: () => say`and then a core file, where the system allows it` },
    { word: "none", says: () => say`nothing but the message` },
  ],
  GOFLAGS: [
    { word: "-mod=mod", says: () => say`let go change go.mod, and ignore vendor/` },
    { word: "-buildvcs=false", says: () => say`do not ask git for a version stamp` },
  ],
  GOTOOLCHAIN: [
    { word: "local", says: () => say`the installed Go, and no download` },
    { word: "auto", says: () => say`the version that go.mod asks for` },
  ],
  CGO_ENABLED: [
    { word: "0", says: () => say`no C` },
    { word: "1", says: () => say`with C, where there is a compiler` },
  ],
  GORACE: [{ word: "halt_on_error=1", says: () => say`end at the first race` }],
  GOGC: [{ word: "off", says: () => say`never collect` }],
};
