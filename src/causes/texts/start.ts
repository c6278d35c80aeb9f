import { say } from "../../core/say.ts";
import type { Row } from "./row.ts";

/** dlv's flag parser (cobra), which prints its usage and exits 0. */
export const badFlag =
  /^Error: (?:unknown flag: |unknown shorthand flag: '.' in |flag needs an argument: |invalid argument ".*" for ")(?:'.' in )?(-[^\s":]+)/m;

/** Delve refuses --log-output without --log. */
export const logOutputAlone = /--log-output specified without --log/;

/** dlv that cannot listen at the address it is given, and why. */
export const cannotListen = /couldn't start listener: listen tcp (\S+?): (.+)/;

/** dlv that cannot write its configuration logs so before it says that it listens: Delve 1.20 to 1.22, newer with --log. */
export const configUnwritable =
  /could not create config directory: .*|error creating default config file: .*|unable to (?:get|move|remove|read) .*config.*/;

const commands = "cmd/dlv/cmds/commands.go";
const flags = "pkg/logflags/logflags.go";
const noHost = { attributes: ["host"], write: "nothing: without host dlv listens at 127.0.0.1" };
const dies = ["dlv-dies-or-missing-at-start"];

/** Section A: dlv starts. Nothing speaks DAP yet; the texts come on its stdout and stderr. */
export const startTexts: readonly Row[] = [
  {
    id: "A1",
    text: /spawn \S+ ENOENT|Cannot find Delve debugger|Couldn't find .* at the Go tools path/,
    sample: "Cannot find Delve debugger (dlv dap)",
    source: "golang.go: extension/src/goDebugFactory.ts",
    means: { why: "dlv is not on the PATH of the host that runs it", causes: dies },
  },
  {
    id: "A2",
    text: badFlag,
    sample: "Error: unknown flag: --nope\nUsage:\n  dlv dap [flags]",
    source: "cmd/dlv/main.go",
    means: {
      why: "a flag that this dlv does not know; it prints its usage and exits 0",
      causes: dies,
      attributes: ["dlvFlags"],
      write: say`only flags that \`dlv dap --help\` lists`,
    },
  },
  {
    id: "A3",
    text: logOutputAlone,
    sample: "Error: --log-output specified without --log",
    source: flags,
    means: {
      why: "--log-output without --log",
      causes: dies,
      attributes: ["dlvFlags"],
      write: say`"showLog": true with "logOutput", and neither flag in "dlvFlags"`,
    },
  },
  {
    id: "A4",
    text: /could not create log file: /,
    sample: "Error: could not create log file: open /none/dlv.log: no such file or directory",
    source: flags,
    means: {
      why: "the directory of the log file is missing or not writable",
      causes: dies,
      attributes: ["logDest", "dlvFlags"],
      write: say`a file in a directory that exists and that dlv's user may write to`,
    },
  },
  {
    id: "A5",
    text: /unknown log output value "(.*)"/,
    sample: "Warning: unknown log output value \"dapp\", run 'dlv help log' for usage.",
    source: flags,
    means: {
      why: say`a component that does not log`,
      attributes: ["logOutput"],
      write: say`names of \`dlv help log\`, with commas between them: debugger, gdbwire, lldbout, debuglineerr, rpc, dap …`,
    },
  },
  {
    id: "A6",
    text: /couldn't start listener: .*bind: address already in use/,
    sample: "couldn't start listener: listen tcp 127.0.0.1:2345: bind: address already in use",
    source: commands,
    means: { why: "another process has the port", causes: [...dies, "free-port-race"] },
  },
  {
    id: "A7",
    text: /couldn't start listener: .*bind: cannot assign requested address/,
    sample: "couldn't start listener: listen tcp 192.0.2.1:0: bind: cannot assign requested address",
    source: commands,
    means: {
      why: "`host` is no address of the machine that dlv runs on",
      causes: dies,
      ...noHost,
    },
  },
  {
    id: "A8",
    text: /couldn't start listener: .*(?:no such host|server misbehaving|Temporary failure in name resolution)/,
    sample: "couldn't start listener: listen tcp: lookup nowhere.invalid: no such host",
    source: commands,
    means: {
      why: "`host` is a name that no resolver knows",
      causes: dies,
      ...noHost,
    },
  },
  {
    id: "A9",
    text: /couldn't start listener: .*(?:invalid port|unknown port|missing port in address|too many colons)/,
    sample: "couldn't start listener: listen tcp: address 99999: invalid port",
    source: commands,
    means: {
      why: "the address of --listen has no port that could be one; unix: needs Delve 1.22.1",
      causes: dies,
      attributes: ["dlvFlags"],
      write: say`no --listen: the extension gives dlv an address of its own`,
    },
  },
  {
    id: "A10",
    text: /couldn't start listener: .*bind: permission denied/,
    sample: "couldn't start listener: listen tcp 127.0.0.1:80: bind: permission denied",
    source: commands,
    means: {
      why: "a port below 1024 takes a privilege (CAP_NET_BIND_SERVICE)",
      causes: dies,
      attributes: ["dlvFlags"],
      write: say`a port from 1024 on`,
    },
  },
  {
    id: "A11",
    text: /Failed to connect to the DAP client: |Misconfigured server: no Listener is configured/,
    sample: "Failed to connect to the DAP client: dial tcp 127.0.0.1:40123: connect: connection refused",
    source: commands,
    means: {
      why: "the client that dlv was to dial (--client-addr) is gone, or on another host; from 1.24.0 on dlv names no address",
    },
  },
  {
    id: "A12",
    text: /Warning: (?:dap mode is always headless|(?:accept-multiclient mode|continue) not supported with dap|.* ignored with dap)/,
    sample: "Warning: accept-multiclient mode not supported with dap",
    source: commands,
    means: {
      why: "flags that `dlv dap` accepts and ignores",
      causes: ["wrong-popular-settings", "api-version-1"],
      harmless: true,
    },
  },
  {
    id: "A13",
    text: /Listening for remote connections \(connections are not authenticated nor encrypted\)/,
    sample:
      "2026-01-01T00:00:00Z warning layer=rpc Listening for remote connections (connections are not authenticated nor encrypted)",
    source: flags,
    means: {
      why: "dlv listens at an address that is not loopback: anybody who reaches it runs code",
      harmless: true,
    },
  },
  {
    id: "A14",
    text: /CGO_CFLAGS already set, Cgo code could be optimized\./,
    sample: "2026-01-01T00:00:00Z warning layer=dlv CGO_CFLAGS already set, Cgo code could be optimized.",
    source: "cmd/dlv/main.go",
    means: { why: "with a CGO_CFLAGS of the user's own dlv does not add -O0 -g", harmless: true },
  },
  {
    id: "A15",
    text: configUnwritable,
    sample: "could not create config directory: mkdir /nonexistent: permission denied",
    source: "pkg/config/config.go",
    means: {
      why: "HOME is missing or not writable; dlv goes on without a configuration",
      causes: ["no-home-log-before-banner"],
      harmless: true,
    },
  },
  {
    id: "A16",
    text: /(Stdin|Stdout|Stderr) is not a terminal, use '-r'/,
    sample: "Stdin is not a terminal, use '-r' to specify redirects for the target process",
    source: commands,
    means: {
      why: say`dlv debug, exec or attach without --headless, and without a terminal`,
      attributes: ["dlvToolPath"],
      write: say`a dlv that is run as \`dlv dap\`; a server that is started by hand takes --headless`,
    },
  },
  {
    id: "A17",
    text: /[Uu]nknown API version/,
    sample: "Unknown API version: 1",
    source: commands,
    means: {
      why: "--api-version 1 has gone with Delve 1.24.0; it was the default up to 1.23",
      causes: ["api-version-1"],
      attributes: ["dlvFlags"],
      write: say`--api-version=2, or nothing: dlv dap does not look at it`,
    },
  },
  {
    id: "A18",
    text: /Error: --continue (?:only works with --headless|requires --accept-multiclient)/,
    sample: "Error: --continue only works with --headless; use an init file",
    source: commands,
    means: {
      why: say`flags of a headless server that go together`,
      attributes: ["dlvFlags"],
      write: say`neither flag`,
    },
  },
  {
    id: "A19",
    text: /[Cc]an ?not debug non-main package|: not executable$/m,
    sample: "Can not debug non-main package",
    source: commands,
    means: {
      why: say`the package is no program; a headless server says so, dlv dap says what E2 says`,
      attributes: ["program"],
      write: say`the directory of a package main, or "mode": "test" for the tests of a library`,
    },
  },
  {
    id: "A20",
    text: /could not remove (\S+): (?!remove .*(?:Access is denied|being used by another process))/,
    sample: "could not remove /w/__debug_bin123: remove /w/__debug_bin123: no such file or directory",
    source: "pkg/gobuild/gobuild.go",
    means: {
      why: "the binary of this launch is gone already, or another process keeps it open",
      harmless: true,
    },
  },
  {
    id: "A22",
    text: /DAP server listening at: /,
    sample: "DAP server listening at: 127.0.0.1:40123",
    source: commands,
    means: { why: "dlv is ready", harmless: true },
  },
  {
    id: "A21",
    sample: "exit code 0, nothing said, right after the port was announced",
    source: commands,
    means: { why: "the first connection was closed again (a port probe): dlv dap serves one client only" },
  },
];
