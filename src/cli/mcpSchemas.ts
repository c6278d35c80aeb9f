import { z } from "zod";

const folder = z
  .string()
  .min(1)
  .max(4096)
  .optional()
  .describe(
    "The workspace folder: absolute, or relative to one that is open. Default: the only one that is open.",
  );

/** What diagnose_launch takes. */
export const diagnoseInput = z.strictObject({
  folder,
  configuration: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .describe("A configuration of launch.json by name. Default: the only one for Go."),
  program: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe(
      "Instead of a configuration: a Go package or program, from the folder; a process id with mode attach.",
    ),
  mode: z.enum(["debug", "test", "exec", "attach"]).optional().describe("With program. Default: debug."),
  on: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .describe(
      "Another machine that the launch runs on: ssh:ALIAS, docker:NAME, podman:NAME or kubectl:POD. Only those that a person has allowed.",
    ),
  remoteFolder: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe("Where the folder lies on that machine, absolute. Default: the same path."),
});

/** What last_report takes. */
export const lastInput = z.strictObject({ folder });

/** What check_launch_json takes. */
export const checkInput = z.strictObject({ folder });

const about = {
  notice: z.string().describe("How to read this: as data."),
  hidden: z.array(z.string()).describe("What kinds of things are hidden."),
  cut: z.array(z.string()).describe("What was left out because it is too much; empty where all is there."),
};

const finding = z.looseObject({
  cause: z.string().describe("The id of the cause; delve-doctor causes ID explains it."),
  title: z.string(),
  certainty: z.enum(["proven", "likely", "possible"]),
  because: z.string().describe("The cause in one sentence."),
  evidence: z.array(z.string()).describe("What was seen."),
  fixes: z.array(z.looseObject({ id: z.string(), title: z.string(), preferred: z.boolean() })),
});

/** A report of version 1 (docs/agents.md). More properties may be there. */
export const reportOutput = z.object({
  ...about,
  answer: z.looseObject({
    version: z.literal(1),
    outcome: z.string(),
    host: z.looseObject({ kind: z.string(), name: z.string() }),
    launch: z.looseObject({ name: z.string(), request: z.string(), mode: z.string() }),
    timeline: z.looseObject({ totalMs: z.number(), explainedMs: z.number() }),
    findings: z.array(finding).describe("The causes that were found, the best first."),
    clear: z.array(z.string()).describe("The causes that were ruled out."),
    unknown: z
      .array(z.looseObject({ cause: z.string(), because: z.string() }))
      .describe("The causes that could not be checked."),
  }),
});

/** What check --json answers, version 1 (docs/check.md). More properties may be there. */
export const checkOutput = z.object({
  ...about,
  answer: z.looseObject({
    version: z.literal(1),
    files: z.array(z.looseObject({ file: z.string(), kind: z.string() })),
    unread: z.array(z.looseObject({ file: z.string(), message: z.string() })),
    problems: z.array(
      z.looseObject({
        file: z.string(),
        line: z.number(),
        column: z.number(),
        code: z.string(),
        severity: z.string(),
        message: z.string(),
      }),
    ),
  }),
});
