// What undici and the EventSource of npm know by themselves, against the server at the port that is given. One line for each thing seen.
import { EventSource } from "eventsource";
import { Agent, fetch, request } from "undici";

const base = `http://127.0.0.1:${process.argv[2]}`;

const page = await fetch(`${base}/page`);
console.log("fetch", page.headers.get("content-encoding"), (await page.text()).length);

const streamed = await fetch(`${base}/length`, {
  method: "POST",
  duplex: "half",
  body: new ReadableStream({
    start(controller) {
      for (let i = 0; i < 10; i++) {
        controller.enqueue(new Uint8Array(10_000));
      }
      controller.close();
    },
  }),
});
console.log("streamed upload", await streamed.text());

const tooLong = await fetch(`${base}/length`, { method: "POST", body: new Uint8Array(200_001) }).catch((e) => ({ status: e.cause?.code ?? e }));
console.log("too long", tooLong.status);

const agent = new Agent({ connections: 1, pipelining: 10 });
const pipelined = await Promise.all([...Array(20).keys()].map((i) => request(`${base}/echo/${i}`, { dispatcher: agent }).then((r) => r.body.text())));
console.log("pipelined", pipelined.join(" "));
await agent.close();

const events = new EventSource(`${base}/events`);
const seen = [];
await new Promise((done) => {
  events.onmessage = (event) => {
    seen.push(`${event.lastEventId}:${event.data}`);
    if (seen.length === 6) {
      done();
    }
  };
});
events.close();
console.log("events", seen.join(" "));
process.exit(0);
