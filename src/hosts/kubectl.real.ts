import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { text } from "node:stream/consumers";
import { makeFolder } from "../../test/lab/module.ts";
import { skip } from "../../test/lab/skip.ts";
import type { Transport } from "./channel.ts";
import { openContainer } from "./container.ts";

/**
 * A stand-in for kubectl, because there is no cluster here: it takes the command line of `kubectl exec` and runs the
 * program on this machine, and answers like a cluster's kubectl 1.32 (documented and recorded output) for certain pods.
 * What it cannot show is a real cluster: its connection, its policies, its timing.
 */
const standIn = `#!/bin/sh
log=$KUBECTL_LOG
echo "$*" >>"$log"
[ "$1" = exec ] || exit 64
shift
container= namespace=default pod=
while [ "$1" != -- ]; do
  case $1 in
    -i | -t) ;;
    -n) namespace=$2; shift ;;
    -c) container=$2; shift ;;
    *) pod=$1 ;;
  esac
  shift
done
shift
case $pod in
  two) [ -n "$container" ] || echo 'Defaulted container "app" out of: app, sidecar' >&2 ;;
  gone) echo "Error from server (NotFound): pods \\"$pod\\" not found" >&2; exit 1 ;;
  locked) echo "error: You must be logged in to the server (Unauthorized)" >&2; exit 1 ;;
  silent) exec sleep 60 ;;
esac
POD=$namespace/$pod/$container
export POD
exec "$@"
`;

describe("a pod as a host, through a stand-in for kubectl (no cluster is here)", function () {
  this.timeout(120_000);
  const lab = makeFolder({});
  const env = {
    ...process.env,
    PATH: `${lab.folder}:${process.env["PATH"]}`,
    KUBECTL_LOG: `${lab.folder}/log`,
  };
  const opened: Transport[] = [];

  before(function () {
    if (process.platform === "win32") skip(this, "the stand-in for kubectl is a shell script");
    lab.write("kubectl", standIn);
    chmodSync(`${lab.folder}/kubectl`, 0o755);
  });

  after(async () => {
    await Promise.all(opened.map((one) => one.close()));
    lab.remove();
  });

  async function open(name: string, more = {}): Promise<Transport> {
    const way = await openContainer("kubectl", name, { env, ...more });
    opened.push(way);
    return way;
  }

  for (const [name, pod] of [
    ["api", "default/api/"],
    ["shop/api", "shop/api/"],
    ["shop/two/app", "shop/two/app"],
    ["/two/app", "default/two/app"],
  ] as const)
    it(`finds ${name}`, async () => {
      const way = await open(name);
      const channel = await way.shell();
      channel.stdin.end('echo "$POD"; exit 5\n');
      assert.equal(await text(channel.stdout), `${pod}\n`);
      assert.deepEqual(await channel.ended, { code: 5 });
    });

  for (const [name, why] of [
    ["two", "container: the pod has several, name one of them: app, sidecar"],
    ["shop/gone", "container: there is no pod shop/gone"],
    ["locked", "tool: the cluster does not accept the credentials of the current context; log in anew"],
    ["silent", "container: it did not answer within 2 s"],
    ["a/b/c/d", "tool: not [NAMESPACE/]POD[/CONTAINER]"],
    ["shop/", "tool: not [NAMESPACE/]POD[/CONTAINER]"],
  ] as const)
    it(`says what is wrong with ${name}`, async () => {
      const limitMs = name === "silent" ? 2000 : 60_000;
      await assert.rejects(open(name, { limitMs }), { message: `kubectl:${name}: ${why}` });
    });
});
