// Talks to an echo server with the client of the npm package ws. Prints one line for each exchange; whoever started it compares.
import { createHash, randomBytes } from 'node:crypto'
import WebSocket from 'ws'

const port = process.argv[2]
const sizes = [0, 1, 125, 126, 511, 512, 4_000, 65_535, 65_536, 1_000_000, 17_000_000]

const offers = {
  default: true,
  'no-context': { serverNoContextTakeover: true, clientNoContextTakeover: true },
  'small-client-window': { clientMaxWindowBits: 9 },
  'small-server-window': { serverMaxWindowBits: 10 },
  none: false,
}

const digest = data => createHash('sha256').update(data).digest('hex')

function exchange(ws, data, options) {
  return new Promise((resolve, reject) => {
    ws.once('error', reject)
    ws.once('message', (echo, binary) => {
      ws.off('error', reject)
      resolve(digest(echo) === digest(data) && binary === options.binary)
    })
    ws.send(data, options)
  })
}

async function talk(path, name) {
  const offer = offers[name] && { ...(offers[name] === true ? {} : offers[name]), threshold: 0 }
  const ws = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: offer, maxPayload: 64 * 1024 * 1024 })
  await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject))
  let same = 0
  for (const size of sizes) {
    const repeated = Buffer.alloc(size, 'edge ')
    same += (await exchange(ws, repeated, { binary: true })) + (await exchange(ws, repeated.toString(), { binary: false }))
    same += await exchange(ws, randomBytes(size), { binary: true })
    same += await exchange(ws, repeated, { binary: true, compress: false })
  }
  same += await fragmented(ws)
  const pong = new Promise(resolve => ws.once('pong', data => resolve(data.toString())))
  ws.ping('ping')
  const closed = new Promise(resolve => ws.once('close', (code, reason) => resolve(`${code} ${reason}`)))
  const answer = await pong
  ws.close(4000, 'done')
  console.log(`${path} ${name}: ${ws.extensions || 'plain'}; ${same} of ${sizes.length * 4 + 1}; ${answer}; ${await closed}`)
}

function fragmented(ws) {
  const echo = new Promise(resolve => ws.once('message', data => resolve(data.toString() === 'one two three')))
  ws.send('one ', { fin: false })
  ws.send('two ', { fin: false })
  ws.send('three', { fin: true })
  return echo
}

for (const path of ['/', '/shared']) {
  for (const name of Object.keys(offers)) {
    await talk(path, name)
  }
}
