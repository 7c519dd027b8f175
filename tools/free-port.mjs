// Prints the first port of 127.0.0.1 that is free, from the given one upwards.
import { createServer } from "node:net";

/** Whether nothing listens on this port of 127.0.0.1. */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

const first = Number(process.argv[2]);
for (let port = first; port < Math.min(first + 100, 65536); port += 1) {
  if (await isFree(port)) {
    console.log(port);
    process.exit(0);
  }
}
console.error(`dev: no free port from ${first} on. Name another one.`);
process.exit(1);
