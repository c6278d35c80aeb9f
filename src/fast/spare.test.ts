import assert from "node:assert/strict";
import { isSpare, type Meters } from "./spare.ts";

/** A machine with power, memory and CPUs to spare, but for what is said. `cpu` are two readings of /proc/stat. */
function machine(
  files: Readonly<Record<string, string>> = {},
  cpu = ["100 0 100 1000", "102 0 101 1097"],
): Meters {
  const all: Readonly<Record<string, string>> = {
    "/proc/meminfo": "MemAvailable:    8000000 kB\n",
    ...files,
  };
  let readings = 0;
  return {
    read(path) {
      if (path !== "/proc/stat") return all[path];
      readings += 1;
      return `cpu  ${cpu[readings - 1]} 0 0 0 0 0 0\ncpu0 1 1 1 1\n`;
    },
    list: (path) => [
      ...new Set(
        Object.keys(all).flatMap((name) =>
          name.startsWith(`${path}/`) ? (name.slice(path.length + 1).split("/")[0] ?? []) : [],
        ),
      ),
    ],
  };
}

describe("whether a machine has something to spare", () => {
  const noWait = async () => {};
  const power = "/sys/class/power_supply";

  it("has, when it idles with memory free and no battery", async () => {
    assert.equal(await isSpare(machine(), noWait), true);
  });

  it("has not on a battery, nor with the mains off", async () => {
    const battery = { [`${power}/BAT0/type`]: "Battery\n", [`${power}/BAT0/status`]: "Discharging\n" };
    assert.equal(await isSpare(machine(battery), noWait), false);
    assert.equal(await isSpare(machine({ ...battery, [`${power}/BAT0/status`]: "Full\n" }), noWait), true);
    const mains = { [`${power}/AC/type`]: "Mains\n", [`${power}/AC/online`]: "0\n" };
    assert.equal(await isSpare(machine(mains), noWait), false);
    assert.equal(await isSpare(machine({ ...mains, [`${power}/AC/online`]: "1\n" }), noWait), true);
  });

  it("does not take a mouse's battery for its own", async () => {
    const mouse = {
      [`${power}/hid0/type`]: "Battery\n",
      [`${power}/hid0/scope`]: "Device\n",
      [`${power}/hid0/status`]: "Discharging\n",
    };
    assert.equal(await isSpare(machine(mouse), noWait), true);
  });

  it("has not with little memory, or where memory cannot be seen", async () => {
    assert.equal(await isSpare(machine({ "/proc/meminfo": "MemAvailable:  1000000 kB\n" }), noWait), false);
    assert.equal(await isSpare(machine({ "/proc/meminfo": "" }), noWait), false);
  });

  it("has not while its CPUs work, or wait for a disk", async () => {
    assert.equal(await isSpare(machine({}, ["100 0 100 1000", "180 0 110 1010"]), noWait), false);
    assert.equal(await isSpare(machine({}, ["100 0 100 1000 0", "102 0 101 1020 80"]), noWait), false);
    assert.equal(await isSpare(machine({}, ["100 0 100 1000", "100 0 100 1000"]), noWait), false);
  });
});
