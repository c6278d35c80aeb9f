import { say } from "../../core/say.ts";
import { nobody, type Person } from "../channel.ts";
import {
  appendKnownHost,
  type HostKeyVerdict,
  judgeHostKey,
  knownHostLine,
  readKnownHosts,
} from "./knownHosts.ts";
import { sshFailure } from "./stage.ts";
import type { SshTarget } from "./target.ts";
import { wireStrings } from "./wire.ts";

/** What is to be done once the server has proven that it holds the key: write it down, where the person wished so. */
export type Afterwards = () => Promise<void>;

/**
 * Judges the key a server showed. Rejects with an SshFailure of the stage "host key" where the connection must not go
 * on. An unknown key is the person's to accept, except where StrictHostKeyChecking is "yes": then, as with ssh itself,
 * nobody is asked. "ask", its default, asks. So do "accept-new", "no" and "off", which let ssh write the key down unseen:
 * they are settings of that program, and this one is trusted with a key by nobody but the person who sees it.
 */
export async function acceptHostKey(target: SshTarget, keyBlob: Buffer, person: Person): Promise<Afterwards> {
  const { alias, hostname: host, port, hostKeyAlias } = target;
  const keyType = wireStrings(keyBlob)?.[0]?.toString("latin1") ?? "unreadable";
  const names = {
    host,
    port,
    keyType,
    keyBlob,
    ...(hostKeyAlias === undefined ? {} : { alias: hostKeyAlias }),
  };
  const files = await readKnownHosts([...target.userKnownHostsFiles, ...target.globalKnownHostsFiles]);
  const verdict = judgeHostKey({ files, ...names });
  if (verdict.kind === "known") return () => Promise.resolve();
  if (verdict.kind !== "unknown") throw sshFailure(alias, "host key", refusal(verdict, keyType));

  const key = `${verdict.sha256} (${keyType})`;
  if (target.strictHostKeyChecking === "yes")
    throw sshFailure(alias, "host key", say`${key} is not known, and StrictHostKeyChecking is yes`);
  if (person === nobody)
    throw sshFailure(
      alias,
      "host key",
      say`${key} is not known, and nobody is here to accept it: once, run ssh ${alias}`,
    );
  const [file] = target.userKnownHostsFiles;
  const where = say`${hostKeyAlias ?? host} port ${port}`;
  const accepted = await person.confirm(
    say`Connect to ${alias}, whose host key is not known?`,
    say`${where} shows a ${keyType} key, ${verdict.sha256}. Compare it with what the host's owner tells you.`,
    say`Connect`,
  );
  if (!accepted) throw sshFailure(alias, "host key", say`${key} is not known and was not accepted`);
  if (file === undefined || file === "none" || file === "/dev/null") return () => Promise.resolve();
  const line = knownHostLine(names, target.hashKnownHosts);
  const write = await person.confirm(say`Write ${alias}'s host key into ${file}?`, line, say`Write`);
  return () => (write ? appendKnownHost(file, line) : Promise.resolve());
}

function refusal({ kind, sha256, file, line, remove }: HostKeyVerdict, keyType: string): string {
  const place = file === undefined || line === undefined ? (file ?? "") : say`${file} line ${line}`;
  const key = `${sha256} (${keyType})`;
  switch (kind) {
    case "revoked":
      return file === undefined
        ? say`${key} is marked as revoked`
        : say`${key} is marked as revoked (${place})`;
    case "cert-authority":
      return file === undefined
        ? say`only a certificate authority is known for this host, and it showed a plain ${keyType} key, ${sha256}`
        : say`only a certificate authority is known for this host (${place}), and it showed a plain ${keyType} key, ${sha256}`;
    default: {
      const changed =
        file === undefined
          ? say`changed: it shows ${key}, another is known`
          : say`changed: it shows ${key}, another is known (${place})`;
      return remove === undefined
        ? changed
        : say`${changed}; if the host's owner says so, remove it: ${remove.join(" ")}`;
    }
  }
}
