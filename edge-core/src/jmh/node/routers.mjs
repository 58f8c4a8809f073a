// Measures one router of Node on one workload, which comes on standard input, a line each:
//   route METHOD PATTERN
//   request METHOD PATH PATTERN [NAME]      the pattern that has to answer, and its first parameter
// Arguments: the router, milliseconds of warm-up, number of iterations, milliseconds of each.
// Prints the time per lookup in nanoseconds, one line for each iteration, or "refused: why".
import { readFileSync } from 'node:fs'

const RING = 2800

// As Hono's context reads a parameter; decoding is left out here as it is on the Java side.
const readHono = ([handlers, stash], name) => {
  const key = handlers[0][1][name]
  return stash ? stash[key] : key
}
const hono = (router) => ({
  add: (method, pattern) => router.add(method, pattern, pattern),
  find: (method, path) => router.match(method, path),
  value: (match) => match[0][0][0],
  param: readHono,
})

const ROUTERS = {
  'RegExpRouter': async () => {
    const { RegExpRouter } = await import('hono/router/reg-exp-router')
    return hono(new RegExpRouter())
  },
  'SmartRouter': async () => {
    const { RegExpRouter } = await import('hono/router/reg-exp-router')
    const { SmartRouter } = await import('hono/router/smart-router')
    const { TrieRouter } = await import('hono/router/trie-router')
    return hono(new SmartRouter({ routers: [new RegExpRouter(), new TrieRouter()] }))
  },
  'find-my-way': async () => {
    const { default: findMyWay } = await import('find-my-way')
    const router = findMyWay()
    return {
      add: (method, pattern) => router.on(method, pattern, () => {}, pattern),
      find: (method, path) => router.find(method, path),
      value: (match) => match.store,
      param: (match, name) => match.params[name],
    }
  },
}

const [name, warmUp, iterations, length] = process.argv.slice(2)
const lines = readFileSync(0, 'utf8').split('\n').map((line) => line.split(' '))
const routes = lines.filter(([kind]) => kind === 'route')
const requests = lines.filter(([kind]) => kind === 'request')

const router = await ROUTERS[name]()
try {
  routes.forEach(([, method, pattern]) => router.add(method, pattern))
  requests.forEach(check)
} catch (e) {
  console.log(`refused: ${e.message || e.constructor.name}`)
  process.exit(0)
}

function check([, method, path, pattern]) {
  const match = router.find(method, path)
  if (router.value(match) !== pattern) {
    throw new Error(`${method} ${path} is answered by ${router.value(match)} instead of ${pattern}`)
  }
}

// Each string is decoded from bytes: flat, one byte per character, and not internalised, so that its hash is not known; that is how
// Node's HTTP parser makes a URL. A literal would be internalised, and what concatenation makes is a tree until someone reads it.
const methods = []
const names = []
const paths = new Array(RING).fill('')
const from = []
const to = []
let bytes = Buffer.alloc(0)
for (let i = 0; i < RING; i++) {
  const [, method, path, , param] = requests[i % requests.length]
  methods.push(method)
  names.push(param)
  from.push(bytes.length)
  bytes = Buffer.concat([bytes, Buffer.from(path, 'latin1')])
  to.push(bytes.length)
}

function refill() {
  for (let i = 0; i < RING; i++) {
    paths[i] = bytes.latin1Slice(from[i], to[i])
  }
}

let sink = 0
function lookUp(router) {
  for (let i = 0; i < RING; i++) {
    const match = router.find(methods[i], paths[i])
    sink += router.value(match).length
    if (names[i] !== undefined) {
      sink += router.param(match, names[i]).length
    }
  }
}

// The median of the windows of one ring each: Node has no clock of a thread's own time, and this too leaves out what others do
// to the machine, and collections.
function iterate(milliseconds) {
  const windows = []
  const end = performance.now() + milliseconds
  while (performance.now() < end || windows.length === 0) {
    refill()
    const started = process.hrtime.bigint()
    lookUp(router)
    windows.push(Number(process.hrtime.bigint() - started) / RING)
  }
  return windows.sort((a, b) => a - b)[windows.length >> 1]
}

iterate(Number(warmUp))
for (let i = 0; i < Number(iterations); i++) {
  console.log(iterate(Number(length)))
}
if (sink === 0) {
  throw new Error('nothing was read')
}
