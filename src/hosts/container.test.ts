import assert from "node:assert/strict";
import { choice, type Place, whyNot } from "./containerSaid.ts";

const docker: Place = { tool: "docker", name: "api", words: ["api"] };
const pod: Place = { tool: "kubectl", name: "shop/api-7", words: ["-n", "shop", "api-7"] };

/** What a tool said, as documented or recorded, and what is made of it. */
const cases: readonly (readonly [Place, string, string])[] = [
  [
    docker,
    "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get …",
    "tool: this user may not use Docker's socket; membership in the group docker, or a rootless Docker, allows it",
  ],
  [
    docker,
    "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    "tool: no Docker daemon answers at unix:///var/run/docker.sock",
  ],
  [docker, "Error response from daemon: No such container: api", "container: there is no container api"],
  [
    docker,
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "sh": executable file not found in $PATH: unknown',
    'shell: there is no sh in api; "docker debug api" brings one along',
  ],
  [
    pod,
    "error: You must be logged in to the server (Unauthorized)",
    "tool: the cluster does not accept the credentials of the current context; log in anew",
  ],
  [
    pod,
    'Error from server (Forbidden): pods "api-7" is forbidden: User "dev" cannot create resource "pods/exec" in API group "" in the namespace "shop"',
    'tool: the current context\'s user cannot create resource "pods/exec" in API group "" in the namespace "shop"; its role must allow create on pods/exec',
  ],
  [
    pod,
    "The connection to the server localhost:8080 was refused - did you specify the right host or port?",
    "tool: no cluster answers at localhost:8080",
  ],
  [pod, 'Error from server (NotFound): pods "api-7" not found', "container: there is no pod shop/api-7"],
  [
    pod,
    "Error from server (BadRequest): container nginx is not valid for pod api-7",
    "container: there is no container nginx in pod api-7",
  ],
  [
    pod,
    "error: cannot exec into a container in a completed pod; current phase is Succeeded",
    "container: pod shop/api-7 is not running: its phase is Succeeded",
  ],
  [
    pod,
    'error: unable to upgrade connection: container not found ("app")',
    "container: pod shop/api-7 is not running: its container app is not started or starts over",
  ],
  [
    pod,
    'error: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "f05e": OCI runtime exec failed: exec failed: unable to start container process: exec: "sh": executable file not found in $PATH: unknown',
    'shell: there is no sh in shop/api-7; "kubectl debug -it -n shop api-7 --image=busybox --target=CONTAINER" brings one along',
  ],
  [
    pod,
    "error: something new",
    "container: kubectl exec in pod shop/api-7 ended with exit code 1: error: something new",
  ],
];

describe("what docker and kubectl say about an exec that did not come to pass", () => {
  for (const [place, said, expected] of cases)
    it(`is told in one line with its stage: ${expected.slice(0, 60)}`, () => {
      assert.equal(whyNot(place, said, 1), expected);
    });

  it("names the container's own state before its words", () => {
    assert.equal(
      whyNot(docker, "Error response from daemon: container 7f is not running", 1, "exited"),
      "container: container api is not running: it is exited",
    );
  });

  it("names the container to debug where it is known", () => {
    const words = ["api-7", "-c", "app"];
    const why = whyNot({ ...pod, name: "/api-7/app", words }, 'exec: "sh": executable file not found', 126);
    assert.match(why, /"kubectl debug -it api-7 --image=busybox --target=app"/);
  });
});

describe("the choice that kubectl made by itself", () => {
  it("is one among the containers that run on", () => {
    const said = 'Defaulted container "app" out of: app, istio-proxy, wait-db (init), debugger-x (ephem)\n';
    assert.deepEqual(choice(said), ["app", "istio-proxy"]);
  });

  it("is none where only one runs on, or nothing was said", () => {
    assert.deepEqual(choice('Defaulted container "app" out of: app, wait-db (init)\n'), []);
    assert.deepEqual(choice(""), []);
  });
});
