/** A word that can be written, and half a line about it. */
export interface Word {
  readonly word: string;
  readonly says: string;
}

/** Flags of `dlv dap` (Delve 1.27.1) that golang.go does not set itself; the log's have attributes of their own. */
export const dlvFlags: readonly Word[] = [
  {
    word: "--check-go-version=false",
    says: "start although this Delve was not made for the Go of the program",
  },
  { word: "--only-same-user=false", says: "let other users of this machine connect to dlv" },
  { word: "--disable-aslr", says: "load the program at the same addresses every time" },
];

/** Flags of go build that people debug with. Delve adds -gcflags='all=-N -l' itself. */
export const buildFlags: readonly Word[] = [
  { word: "-tags=", says: "build tags, with commas between" },
  { word: "-race", says: "find data races; needs cgo and a C compiler" },
  { word: "-cover", says: "count which statements are executed" },
  { word: "-mod=mod", says: "let go change go.mod, and ignore vendor/" },
  { word: "-mod=vendor", says: "build from vendor/ alone" },
  { word: "-modfile=", says: "another file in the place of go.mod" },
  {
    word: "-ldflags=",
    says: "flags for the linker, such as -X main.version=1; -s and -w leave nothing to debug",
  },
  { word: "-buildvcs=false", says: "do not ask git for a version stamp" },
  { word: "-trimpath", says: "no paths of this machine in the binary; breakpoints need substitutePath then" },
  { word: "-pgo=off", says: "no profile-guided optimization" },
  { word: "-overlay=", says: "a JSON file that puts other files in the place of some" },
  { word: "-a", says: "build every package again" },
  { word: "-x", says: "print the commands that are run" },
];

/** Environment variables that a debugged Go program, or its build, listens to. */
export const variables: readonly Word[] = [
  { word: "GODEBUG", says: "switches of the runtime and the standard library" },
  { word: "GOTRACEBACK", says: "how much a crash prints, and whether it leaves a core file" },
  { word: "GOMAXPROCS", says: "how many threads run Go code at once" },
  { word: "GOGC", says: "how much the heap grows before it is collected, in percent" },
  { word: "GOMEMLIMIT", says: "a soft limit of memory, such as 512MiB" },
  { word: "GORACE", says: "what the race detector does" },
  { word: "GOFLAGS", says: "flags for every go command, such as -mod=mod" },
  { word: "CGO_ENABLED", says: "whether C is built into the program" },
  { word: "GOTOOLCHAIN", says: "which Go builds it: local, or a version" },
];

/** Values of some of these. */
export const variableValues: Readonly<Record<string, readonly Word[]>> = {
  GODEBUG: [
    { word: "gctrace=1", says: "a line for every garbage collection" },
    { word: "schedtrace=1000", says: "the state of the scheduler every second" },
    { word: "inittrace=1", says: "what the init of every package takes" },
    { word: "http2debug=1", says: "what HTTP/2 does" },
    { word: "netdns=go+1", says: "Go's own resolver, and what it does" },
    { word: "asyncpreemptoff=1", says: "no preemption by signals" },
  ],
  GOTRACEBACK: [
    { word: "all", says: "the stacks of all goroutines" },
    { word: "system", says: "those of the runtime as well" },
    { word: "crash", says: "and then a core file, where the system allows it" },
    { word: "none", says: "nothing but the message" },
  ],
  GOFLAGS: [
    { word: "-mod=mod", says: "let go change go.mod, and ignore vendor/" },
    { word: "-buildvcs=false", says: "do not ask git for a version stamp" },
  ],
  GOTOOLCHAIN: [
    { word: "local", says: "the installed Go, and no download" },
    { word: "auto", says: "the version that go.mod asks for" },
  ],
  CGO_ENABLED: [
    { word: "0", says: "no C" },
    { word: "1", says: "with C, where there is a compiler" },
  ],
  GORACE: [{ word: "halt_on_error=1", says: "end at the first race" }],
  GOGC: [{ word: "off", says: "never collect" }],
};
