import { type Platform, platforms } from "../config/platform.ts";
import type { JsonEdit, JsonPath } from "../core/fix.ts";
import type { Complaint, Rule, Severity } from "../core/rule.ts";
import { unknownWorld, type World } from "../core/world.ts";
import type { Document, Stretch } from "./document.ts";
import { ignores } from "./ignore.ts";
import { type Subject, subjectsOf } from "./subjects.ts";

/** A remedy in the terms of the whole file: paths count from its root (in YAML from the number of the document). */
export interface QuickFix {
  readonly title: string;
  readonly edits: readonly JsonEdit[];
  /** It changes nothing that works. */
  readonly safe: boolean;
}

/** Something wrong at one place of a text. The first fix is the preferred one. */
export interface Problem extends Stretch {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly tag?: "deprecated" | "unnecessary";
  readonly related: readonly (Stretch & { readonly message: string })[];
  readonly fixes: readonly QuickFix[];
}

const flawSeverity = { DLV001: "error", DLV002: "warning", DLV003: "information" } as const;

/** What a rule said, in the terms of what it was given. */
type Told = readonly (readonly [rule: Rule, complaint: Complaint])[];

/**
 * What was said of configurations, by what is written in them. It counts for the same document, the same rules and while the
 * world does not change: of a file with a hundred configurations a keystroke changes one.
 */
export type Memory = Map<string, Told>;

/** How much is kept (UTF-16 units of what is written). While a bracket has no other half all behind it is another text. */
const mostKept = 2 * 1024 * 1024;

/**
 * Everything that the rules say of a document, in the order of the text. Pure: nothing is asked but the world. A `memory`
 * holds what was said in checks before, and then what was said in this one as well.
 */
export function check(
  document: Document,
  rules: readonly Rule[],
  world: World,
  memory: Memory = new Map(),
): readonly Problem[] {
  const now: Memory = new Map();
  const said = new Map<string, Held>();
  for (const flaw of document.flaws) {
    const severity = flawSeverity[flaw.code];
    const problem = { ...flaw, severity, related: [], fixes: [] };
    said.set(`${flaw.code} ${flaw.start} ${flaw.message}`, { problem, onSome: problem, on: platforms });
  }
  for (const subject of subjectsOf(document)) {
    const written = writtenIn(subject);
    const told = memory.get(written) ?? askAll(rules, subject, world);
    if (written !== "") now.set(written, told);
    for (const [rule, complaint] of told) {
      const held = heldBy(document, rule, complaint, subject);
      // What holds on several platforms is said once.
      const key = `${held.problem.code} ${held.problem.start} ${held.problem.message}`;
      const before = said.get(key);
      said.set(key, before ? { ...before, on: [...before.on, ...held.on] } : held);
    }
  }
  remember(memory, now);
  const ignored = ignores(document);
  return [...said.values()]
    .flatMap(({ problem, onSome, on }) =>
      platforms.every((one) => on.includes(one)) ? problem : (onSome ?? []),
    )
    .filter((problem) => !ignored(problem))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.code.localeCompare(b.code));
}

/** What is told where it holds on every platform, and where it holds on some. */
interface Held {
  readonly problem: Problem;
  readonly onSome: Problem | undefined;
  readonly on: readonly Platform[];
}

/**
 * What stands outside a platform's block counts on other platforms as well: there nothing is unnecessary because of one
 * platform, and no fix for one is safe.
 */
function heldBy(document: Document, rule: Rule, complaint: Complaint, subject: Subject): Held {
  const problem = problemOf(document, rule, complaint, subject);
  if (subject.of !== "configuration") return { problem, onSome: problem, on: platforms };
  const depth = subject.places([])[0]?.length ?? 0;
  const isInside = (path: JsonPath) => subject.platforms.some((platform) => platform === path[depth]);
  const apart = subject.places(complaint.at).every(isInside);
  const fixes = problem.fixes.map((fix) => ({
    ...fix,
    safe: fix.safe && fix.edits.every(({ at }) => isInside(at)),
  }));
  const idle = complaint.tag === "unnecessary" && !apart;
  return {
    problem,
    onSome: idle ? undefined : { ...problem, fixes },
    on: subject.platforms,
  };
}

function remember(memory: Memory, now: Memory): void {
  let kept = 0;
  for (const written of [...memory.keys(), ...now.keys()]) kept += written.length;
  if (kept > mostKept) memory.clear();
  for (const [written, told] of now) memory.set(written, told);
}

/** Everything that decides what is said of a configuration; nothing for other subjects, of which there are few. */
function writtenIn(subject: Subject): string {
  if (subject.of !== "configuration") return "";
  return `${subject.platforms} ${subject.written}`;
}

function askAll(rules: readonly Rule[], subject: Subject, world: World): Told {
  const seen = subject.of === "configuration" ? worldOf(subject.platforms, world) : world;
  // A copy has its view made once, and not for every rule.
  const asked = { ...subject };
  return rules.flatMap((rule) =>
    Array.from(ask(rule, asked, seen), (complaint) => [rule, complaint] as const),
  );
}

function ask(rule: Rule, subject: Subject, world: World): Iterable<Complaint> {
  if (rule.of === "configuration")
    return subject.of === "configuration" ? rule.check(subject.value, world) : [];
  if (rule.of === "section") return subject.of === "section" ? rule.check(subject.value, world) : [];
  return rule.of === subject.of ? rule.check(subject.value, world) : [];
}

/** Of a view that counts on other platforms alone what is on this machine says nothing. */
function worldOf(platforms: readonly World["platform"][], world: World): World {
  const [platform = world.platform] = platforms;
  if (platforms.includes(world.platform)) return world;
  const { look, holdsGo, lookHere, delve, expand } = unknownWorld;
  return { ...world, platform, look, holdsGo, lookHere, delve, expand };
}

function problemOf(document: Document, rule: Rule, complaint: Complaint, { places }: Subject): Problem {
  const { at, mark, message, severity, tag, related = [], remedies = [] } = complaint;
  const first = (path: JsonPath) => places(path)[0] ?? path;
  return {
    ...document.locate(first(at), mark),
    code: rule.code,
    severity: severity ?? rule.severity,
    message,
    ...(tag !== undefined && { tag }),
    related: related.map((other) => ({ ...document.locate(first(other.at)), message: other.message })),
    fixes: remedies.map(({ title, edits, safe }) => ({
      title,
      edits: edits.flatMap((edit) =>
        places(edit.at, !("value" in edit)).map((path) => ({ ...edit, at: path })),
      ),
      safe: safe === true,
    })),
  };
}
