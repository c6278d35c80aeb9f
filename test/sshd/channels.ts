import { writeFileSync } from "node:fs";
import type { Duplex } from "node:stream";
import type { Channel, Ending, Person, Transport } from "../../src/hosts/channel.ts";
import type { Sshd } from "./sshd.ts";

/** How a program ended, and what it said. */
export interface Said extends Ending {
  readonly out: string;
  readonly err: string;
}

/** Runs a script in a shell of its own. */
export async function run(transport: Transport, script: string): Promise<Said> {
  return finish(await transport.shell(), script);
}

/** Writes a script, and reads to the program's end. */
export async function finish(channel: Channel, script: string): Promise<Said> {
  const said = { out: "", err: "" };
  channel.stdout.on("data", (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  channel.stderr.on("data", (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  channel.stdin.write(script);
  return { ...(await channel.ended), ...said };
}

/** The first bytes that come out of a stream, which is ended then. */
export function firstBytes(stream: Duplex): Promise<string> {
  return new Promise((resolve, reject) => {
    stream.once("data", (chunk: Buffer) => {
      resolve(chunk.toString());
      stream.destroy();
    });
    stream.once("close", () => reject(new Error("the stream ended and nothing came")));
  });
}

/** The configuration of an sshd with blocks in front, which win. */
export function withBlocks(sshd: Sshd, name: string, ...lines: readonly string[]): string {
  const path = `${sshd.configFile}.${name}`;
  writeFileSync(path, `${lines.join("\n")}\nHost *\nInclude ${sshd.configFile}\n`);
  return path;
}

/** A person who answers from a list, and remembers what was asked. Without an answer left they decline. */
export interface Scripted extends Person {
  readonly asked: string[];
}

/** `yes` is the answer to every yes-or-no question. */
export function scripted(secrets: readonly string[], yes = false): Scripted {
  const left = [...secrets];
  const asked: string[] = [];
  return {
    asked,
    secret(question) {
      asked.push(question);
      return Promise.resolve(left.shift());
    },
    confirm(question, detail) {
      asked.push(`${question} ${detail}`);
      return Promise.resolve(yes);
    },
  };
}
