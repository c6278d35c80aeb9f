import assert from "node:assert/strict";
import type { Report } from "../../src/report/report.ts";

const phaseOrder = ["start", "handshake", "build", "load", "configure", "run"];
const outcomes = ["initialized", "stopped", "exited", "failed", "stalled", "cancelled", "diagnosed"];

/** Holds a text against the --json contract of version 1, by hand, and gives the report. */
export function assertReport(text: string): Report {
  const report: unknown = JSON.parse(text);
  isObject(report, "report");
  assert.equal(report["version"], 1);
  oneOf(report["outcome"], outcomes, "outcome");
  const { host, launch, timeline, findings, clear, unknown } = report;
  isObject(host, "host");
  oneOf(host["kind"], ["local", "ssh", "docker", "podman", "kubectl"], "host.kind");
  isText(host["name"], "host.name");
  isObject(launch, "launch");
  isText(launch["name"], "launch.name");
  oneOf(launch["request"], ["launch", "attach"], "launch.request");
  isText(launch["mode"], "launch.mode");
  isObject(launch["config"], "launch.config");
  assertTimeline(timeline);
  for (const finding of listOf(findings, "findings")) assertFinding(finding);
  for (const id of listOf(clear, "clear")) isText(id, "clear[]");
  for (const one of listOf(unknown, "unknown")) {
    isObject(one, "unknown[]");
    isText(one["cause"], "unknown[].cause");
    isText(one["because"], "unknown[].because");
  }
  return report as unknown as Report;
}

function assertTimeline(timeline: unknown): void {
  isObject(timeline, "timeline");
  const total = wholeMs(timeline["totalMs"], "timeline.totalMs");
  assert.ok(wholeMs(timeline["explainedMs"], "timeline.explainedMs") <= total);
  let end = 0;
  let last = -1;
  for (const phase of listOf(timeline["phases"], "timeline.phases")) {
    isObject(phase, "phases[]");
    const at = phaseOrder.indexOf(String(phase["name"]));
    assert.ok(at > last, `phase ${String(phase["name"])} is out of order`);
    last = at;
    assert.equal(wholeMs(phase["startMs"], "phases[].startMs"), end, "a gap between phases");
    end += wholeMs(phase["ms"], "phases[].ms");
    for (const part of listOf(phase["parts"], "phases[].parts")) {
      isObject(part, "parts[]");
      oneOf(part["name"], ["list", "download", "compile", "cgo", "vet", "link", "vcs"], "parts[].name");
      wholeMs(part["ms"], "parts[].ms");
      wholeMs(part["count"], "parts[].count");
    }
    for (const one of listOf(phase["slowest"] ?? [], "phases[].slowest")) {
      isObject(one, "slowest[]");
      isText(one["name"], "slowest[].name");
      oneOf(one["part"], ["compile", "cgo", "link"], "slowest[].part");
      wholeMs(one["ms"], "slowest[].ms");
    }
  }
  assert.equal(end, total, "the phases do not add up to the total");
}

function assertFinding(finding: unknown): void {
  isObject(finding, "findings[]");
  for (const key of ["cause", "title", "because"]) isText(finding[key], `findings[].${key}`);
  oneOf(finding["certainty"], ["proven", "likely", "possible"], "findings[].certainty");
  for (const line of listOf(finding["evidence"], "evidence")) isText(line, "evidence[]");
  if (finding["explains"] !== undefined) {
    isObject(finding["explains"], "explains");
    oneOf(finding["explains"]["phase"], phaseOrder, "explains.phase");
    wholeMs(finding["explains"]["ms"], "explains.ms");
  }
  const fixes = listOf(finding["fixes"], "fixes");
  let preferred = 0;
  for (const fix of fixes) {
    isObject(fix, "fixes[]");
    assert.match(String(fix["id"]), /^[a-z0-9-]+\/[a-z0-9-]+$/);
    oneOf(fix["kind"], ["launch.json", "file", "setting", "command", "advice"], "fixes[].kind");
    isText(fix["title"], "fixes[].title");
    for (const key of ["preferred", "needsRoot", "undo"]) assert.equal(typeof fix[key], "boolean", key);
    oneOf(fix["scope"], ["launch", "folder", "user", "dlv", "until-reboot", "machine"], "fixes[].scope");
    if (fix["preferred"] === true) preferred += 1;
  }
  if (fixes.length > 0) assert.equal(preferred, 1, "exactly one fix is preferred");
}

function isObject(value: unknown, name: string): asserts value is Record<string, unknown> {
  assert.ok(typeof value === "object" && value !== null && !Array.isArray(value), `${name} is no object`);
}

function isText(value: unknown, name: string): void {
  assert.equal(typeof value, "string", name);
}

function listOf(value: unknown, name: string): readonly unknown[] {
  assert.ok(Array.isArray(value), `${name} is no list`);
  return value;
}

function oneOf(value: unknown, allowed: readonly string[], name: string): void {
  assert.ok(allowed.includes(String(value)), `${name} is ${String(value)}`);
}

function wholeMs(value: unknown, name: string): number {
  assert.ok(Number.isInteger(value) && Number(value) >= 0, `${name} is ${String(value)}`);
  return Number(value);
}
