import type { Report } from "../../src/report/report.ts";

/** A stalled launch with everything a report can hold; times and paths are fixed, so that goldens stay the same. */
export const stalledReport: Report = {
  version: 1,
  outcome: "stalled",
  host: { kind: "local", name: "build7" },
  launch: {
    name: "Server",
    request: "launch",
    mode: "debug",
    config: {
      name: "Server",
      type: "go",
      request: "launch",
      mode: "debug",
      program: ".",
      env: { GOPROXY: "‹redacted›" },
    },
    dlv: { argv: ["dlv", "dap", "--listen=127.0.0.1:0"], cwd: "/home/ann/server" },
  },
  timeline: {
    totalMs: 14_020,
    explainedMs: 11_200,
    phases: [
      { name: "start", startMs: 0, ms: 96, parts: [] },
      { name: "handshake", startMs: 96, ms: 4, parts: [] },
      {
        name: "build",
        startMs: 100,
        ms: 13_920,
        parts: [
          { name: "list", ms: 700, count: 1 },
          { name: "download", ms: 13_220, count: 1 },
        ],
      },
    ],
  },
  findings: [
    {
      cause: "module-download-blocked",
      title: "A module download waits for a proxy that does not answer",
      certainty: "proven",
      because: "go has waited 11.2 s on a connection to 127.0.0.1:9 that sends nothing.",
      evidence: [
        "pid 4711 go: ESTABLISHED 127.0.0.1:9, 0 B received, 0 ms CPU in 11 s",
        "GOPROXY=http://127.0.0.1:9 comes from env of launch.json",
      ],
      explains: { phase: "build", ms: 11_200 },
      fixes: [
        {
          id: "module-download-blocked/remove-goproxy",
          kind: "launch.json",
          title: "Remove env.GOPROXY from the configuration",
          preferred: true,
          needsRoot: false,
          scope: "launch",
          undo: true,
          action: { kind: "launch.json", edits: [{ at: ["env", "GOPROXY"] }] },
        },
        {
          id: "module-download-blocked/ask-admin",
          kind: "advice",
          title: "Ask who runs the proxy",
          preferred: false,
          needsRoot: false,
          scope: "machine",
          undo: false,
          action: { kind: "advice", text: "Whoever runs 127.0.0.1:9 can see why it does not answer." },
        },
      ],
    },
    {
      cause: "yama-scope1-attach",
      title: "ptrace_scope 1 lets only a parent attach",
      certainty: "possible",
      because: "kernel.yama.ptrace_scope is 1.",
      evidence: ["/proc/sys/kernel/yama/ptrace_scope: 1"],
      fixes: [
        {
          id: "yama-scope1-attach/until-reboot",
          kind: "command",
          title: "Lower ptrace_scope until the next reboot",
          preferred: true,
          needsRoot: true,
          scope: "until-reboot",
          undo: true,
          action: {
            kind: "command",
            argv: ["sysctl", "-w", "kernel.yama.ptrace_scope=0"],
            undo: ["sysctl", "-w", "kernel.yama.ptrace_scope=1"],
          },
        },
      ],
    },
  ],
  clear: ["noexec-mount", "disk-full", "no-debug-info", "vcs-dubious-ownership"],
  unknown: [{ cause: "selinux-ptrace", because: "getenforce is not installed" }],
};

/** What the fixes of the report above would change, by id. */
export const stalledPreviews: ReadonlyMap<string, string> = new Map([
  [
    "module-download-blocked/remove-goproxy",
    [
      "--- .vscode/launch.json",
      "+++ .vscode/launch.json",
      "@@ -8,3 +8,2 @@",
      '       "env": {',
      '-        "GOPROXY": "http://127.0.0.1:9"',
      "       }",
      "",
    ].join("\n"),
  ],
  ["yama-scope1-attach/until-reboot", "sudo sysctl -w kernel.yama.ptrace_scope=0\n"],
]);

/** The same launch after a long build. */
export function afterLongBuild(report: Report): Report {
  const slowest = [
    { name: "example.com/sqlite", part: "cgo", ms: 61_020 },
    { name: "runtime", part: "compile", ms: 1240 },
    { name: "main", part: "link", ms: 810 },
  ] as const;
  const phases = report.timeline.phases.map((one) => (one.name === "build" ? { ...one, slowest } : one));
  return { ...report, timeline: { ...report.timeline, phases } };
}

/** A healthy launch: nothing found, all causes ruled out. */
export const healthyReport: Report = {
  ...stalledReport,
  outcome: "stopped",
  timeline: {
    totalMs: 1240,
    explainedMs: 0,
    phases: [
      { name: "start", startMs: 0, ms: 20, parts: [] },
      { name: "handshake", startMs: 20, ms: 4, parts: [] },
      { name: "build", startMs: 24, ms: 900, parts: [{ name: "link", ms: 620, count: 1 }] },
      { name: "load", startMs: 924, ms: 200, parts: [] },
      { name: "configure", startMs: 1124, ms: 16, parts: [] },
      { name: "run", startMs: 1140, ms: 100, parts: [] },
    ],
  },
  findings: [],
  unknown: [],
};
