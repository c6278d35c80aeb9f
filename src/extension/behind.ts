import { ConfigurationTarget, window, workspace } from "vscode";
import { behindText, isSaid, nothingBehind, readBehind, saidOf } from "../core/behind.ts";
import { say } from "../core/say.ts";
import type { Machine } from "../hosts/machine.ts";
import { launchBehind, listenerOf, type Tunnel, tunnelOf, untold } from "../remote/behind.ts";
import { connect, hostOn } from "./connections.ts";
import type { Editor } from "./editor.ts";
import type { Followed } from "./launches.ts";
import { plain } from "./plain.ts";

/**
 * Finds out what is behind the port that a launch connects to, where that leads to another machine and the launch did not
 * come to its goal: from then on it is judged there. With `ask` the person is asked where the setting does not say it, and
 * what they say is kept in it. Never rejects.
 */
export async function lookBehind({ log }: Editor, followed: Followed, ask: boolean): Promise<void> {
  const launch = followed.launch();
  const { outcome = "failed", current } = launch.timeline;
  if (followed.there !== undefined || !workspace.isTrusted || outcome !== "failed" || current === "run")
    return;
  let machine: Machine | undefined;
  try {
    const tunnel = await tunnelOf(launch);
    if (tunnel === undefined) return;
    const said = saidOf(hosts(), tunnel.address) ?? (ask ? await asked(tunnel) : undefined);
    if (said === nothingBehind) return;
    const behind = readBehind(said ?? "");
    if (behind === undefined) {
      followed.behind = { because: untold(tunnel, say`"Diagnose Delve launch" asks for it`) };
      return;
    }
    const { on } = behind;
    followed.behind = { because: say`${on} is behind ${tunnel.address}, and was not reached` };
    machine = await connect(on);
    const { profile } = machine;
    const host = hostOn(on);
    followed.host = host;
    followed.there = { on, host, folders: { here: launch.folder, there: profile.home } };
    followed.behind = { launch: (now) => launchBehind(now, behind, { profile }) };
  } catch (error) {
    log.error(error instanceof Error ? error : String(error));
  } finally {
    await machine?.close();
  }
}

/** Enter takes what is in the box; Escape leaves it for another time. */
async function asked(tunnel: Tunnel): Promise<string | undefined> {
  const { address, proposal } = tunnel;
  const said = await window.showInputBox({
    title: say`What is behind ${address}?`,
    prompt: plain(
      say`${listenerOf(tunnel)}. Enter the host and dlv's port on it, or ${nothingBehind}; the setting delveDoctor.hosts keeps it.`,
    ),
    placeHolder: say`ssh:ALIAS PORT, docker:NAME PORT, podman:NAME PORT or kubectl:POD PORT`,
    ...(proposal !== undefined && { value: behindText(proposal) }),
    ignoreFocusOut: true,
    validateInput: (text) => (isSaid(text.trim()) ? undefined : say`Such as ssh:build7 4000`),
  });
  if (said === undefined) return undefined;
  const kept = { ...hosts(), [address]: said.trim() };
  await workspace.getConfiguration("delveDoctor").update("hosts", kept, ConfigurationTarget.Global);
  return said;
}

function hosts(): Readonly<Record<string, unknown>> {
  const value = workspace.getConfiguration("delveDoctor").get<unknown>("hosts");
  return typeof value === "object" && value !== null ? { ...value } : {};
}
