import { say } from "../../core/say.ts";
import type { Row } from "./row.ts";

const server = "service/dap/server.go";
const types = "service/dap/types.go";

/** Section C: what Delve refuses in a configuration, at once and without a process of its own. */
export const configurationTexts: readonly Row[] = [
  {
    id: "C3",
    text: /cannot unmarshal ([^"]+?) into "(?!buildFlags")([^"]*)" of type (.+)/,
    sample:
      'Failed to attach: invalid debug configuration - cannot unmarshal string into "processId" of type int',
    source: types,
    delve: { since: "1.7.2" },
    means: {
      why: say`a value of another JSON type than Delve reads`,
      attributes: ["processId", "args", "env", "cwd", "program", "stopOnEntry", "stackTraceDepth"],
      write: say`a value of the type that the text names`,
    },
  },
  {
    id: "C4",
    text: /cannot use (.*) as 'substitutePath' of type|'substitutePath' (?:requires both 'from' and 'to' entries|attribute .* in debug configuration is not a)/,
    sample:
      "Failed to launch: invalid debug configuration - 'substitutePath' requires both 'from' and 'to' entries",
    source: types,
    means: {
      why: say`an entry that is no pair of paths`,
      attributes: ["substitutePath"],
      write: say`a list of { "from": "/path/in/the/editor", "to": "/path/in/the/binary" }`,
    },
  },
  {
    id: "C21",
    text: /'(buildFlags|args|cwd)' attribute (?:'.*' )?in debug configuration is not an? (.+?)\.?$/m,
    sample: "Failed to launch: 'buildFlags' attribute '3' in debug configuration is not a string.",
    source: server,
    delve: { until: "1.7.1" },
    means: {
      why: say`a value of another JSON type than Delve reads`,
      attributes: ["buildFlags", "args", "cwd"],
      write: say`a text; for args a list of texts`,
    },
  },
  {
    id: "C5",
    text: /cannot unmarshal (\S+) into "buildFlags" of type (.+)/,
    sample:
      'Failed to launch: invalid debug configuration - cannot unmarshal number into "buildFlags" of type []string or string',
    source: types,
    means: {
      why: say`flags that are neither a text nor a list of texts; a list needs Delve 1.21.1`,
      attributes: ["buildFlags"],
      write: say`one text, such as "-tags=integration -race"`,
    },
  },
  {
    id: "C6",
    text: /[Uu]nsupported 'mode' (?:attribute|value) "(.*)"/,
    sample: `Failed to launch: invalid debug configuration - unsupported 'mode' attribute "debgu"`,
    source: server,
    means: {
      why: "a mode that this request does not have",
      causes: ["wrong-popular-settings"],
      attributes: ["mode"],
      write: say`debug, test, exec, replay or core for a launch; local or remote for an attach`,
    },
  },
  {
    id: "C7",
    text: /The program attribute is missing in debug configuration/,
    sample: "Failed to launch: The program attribute is missing in debug configuration.",
    source: server,
    means: {
      why: say`there is no program to launch`,
      attributes: ["program"],
      write: say`the directory of the program, such as "\${workspaceFolder}/cmd/server"; its file in the modes exec and core`,
    },
  },
  {
    id: "C8",
    text: /The '(traceDirPath|coreFilePath)' attribute is missing in debug configuration/,
    sample: "Failed to launch: The 'coreFilePath' attribute is missing in debug configuration.",
    source: server,
    means: {
      why: say`the mode needs a recording or a core file`,
      attributes: ["traceDirPath", "coreFilePath"],
      write: say`the path of the rr recording (mode replay) or of the core file (mode core)`,
    },
  },
  {
    id: "C9",
    text: /The 'processId'(?: or 'waitFor')? attribute is missing in debug configuration/,
    sample: "Failed to attach: The 'processId' or 'waitFor' attribute is missing in debug configuration",
    source: server,
    means: {
      why: say`there is no process to attach to`,
      attributes: ["processId", "waitFor"],
      write: say`a process id as a number, or "\${command:pickProcess}"; waitFor needs Delve 1.22.1`,
    },
  },
  {
    id: "C10",
    text: /'processId' and 'waitFor' are mutually exclusive/,
    sample:
      "Failed to attach: 'processId' and 'waitFor' are mutually exclusive, and can't be specified at the same time",
    source: server,
    delve: { since: "1.22.1" },
    means: {
      why: say`two ways to name the process`,
      attributes: ["processId", "waitFor"],
      write: say`one of them`,
    },
  },
  {
    id: "C12",
    text: /invalid process ID: (-?\d+)/,
    sample: "Failed to attach: invalid process ID: -4",
    source: "service/debugger/debugger.go",
    delve: { since: "1.27.0" },
    means: {
      why: say`a process id below 1; before 1.27.0 dlv panics (B12)`,
      attributes: ["processId"],
      write: say`the id of a process that runs`,
    },
  },
  {
    id: "C13",
    text: /failed to chdir to "(.*)" - /,
    sample: 'Failed to launch: failed to chdir to "/none" - chdir /none: no such file or directory',
    source: server,
    means: {
      why: say`dlvCwd is no directory of the host that dlv runs on`,
      attributes: ["dlvCwd"],
      write: say`a directory that exists there, or nothing: dlv then builds in the directory of the program`,
    },
  },
  {
    id: "C14",
    text: /failed to (?:un)?setenv\((.*?)\) - /,
    sample: "Failed to launch: failed to setenv(A=B) - setenv: invalid argument",
    source: server,
    means: {
      why: say`a name with = or NUL in it, or none at all`,
      attributes: ["env"],
      write: say`names without = and values without NUL`,
    },
  },
  {
    id: "C15",
    text: /unsupported 'outputMode' attribute "(.*)"|output == "remote" can not be used together/,
    sample: `Failed to launch: invalid debug configuration - unsupported 'outputMode' attribute "both"`,
    source: server,
    delve: { since: "1.21.1" },
    means: {
      why: say`an output mode that Delve does not have, or one that takes no files`,
      attributes: ["outputMode", "stdoutTo", "stderrTo"],
      write: say`"local" or "remote"; "remote" without stdoutTo and stderrTo`,
    },
  },
  {
    id: "C16",
    text: /unknown backend "(.*)"/,
    sample: 'Failed to launch: could not launch process: unknown backend "gdb"',
    source: "service/debugger/debugger.go",
    means: {
      why: say`a backend that Delve does not have`,
      attributes: ["backend"],
      write: say`default, native, lldb or rr`,
    },
  },
  {
    id: "C17",
    text: /Follow exec not supported in attach request|Failed to enable follow exec: |follow exec not (?:implemented|supported)/,
    sample: "Follow exec not supported in attach request yet.",
    source: server,
    delve: { since: "1.26.0" },
    means: {
      why: say`an attach, or a system other than Linux and Windows`,
      attributes: ["followExec"],
      write: say`nothing`,
    },
  },
  {
    id: "C18",
    text: /could not (?:open|create) (stdin|stdout|stderr) file: /,
    sample: "Failed to launch: could not open stdin file: open /none: no such file or directory",
    source: server,
    delve: { since: "1.26.0" },
    means: {
      why: say`a redirection whose file cannot be opened`,
      attributes: ["stdinFrom", "stdoutTo", "stderrTo"],
      write: say`a file that exists (stdinFrom), or one in a directory that exists (stdoutTo, stderrTo)`,
    },
  },
  {
    id: "C20",
    text: /The program attribute '(.*)' must be a valid directory or \.go file/,
    sample: "The program attribute '/none' must be a valid directory or .go file in debug/test/auto modes.",
    source: "golang.go: extension/src/goDebugConfiguration.ts",
    means: {
      why: say`the path is not there on the editor's machine`,
      attributes: ["program"],
      write: say`a directory or a .go file that exists`,
    },
  },
];
