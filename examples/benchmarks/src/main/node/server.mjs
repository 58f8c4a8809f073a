// Hono on Node: the same answers as the servers in Java. Takes the port.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const RESOURCES = 50
const app = new Hono()
const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text) => text.replace(/[&<>"']/g, (c) => escapes[c])
const products = Array.from({ length: 36 }, (_, i) => ({ id: i, name: `Tea <${i}>`, price: `4.${10 + i} EUR` }))

// No Mustache here: a template literal is what it would be written with.
const page = (title) => `<!doctype html>
<title>${escape(title)}</title>
<h1>${escape(title)}</h1>
<ul>
${products.map((p) => `<li class="product" id="p${p.id}"><a href="/product/${p.id}">${escape(p.name)}</a> <span class="price">${escape(p.price)}</span></li>\n`).join('')}</ul>
`
const note = (c) => c.text(`${c.req.param('id')} ${c.req.param('note')}`)

app.get('/plaintext', (c) => c.text('Hello, World!'))
app.get('/json', (c) => c.json({ message: 'Hello, World!' }))
app.get('/product/:id', (c) =>
  c.json({ id: Number(c.req.param('id')), name: 'Tea, green', currency: c.req.query('currency') ?? 'USD', cents: 450 }))
app.post('/echo', async (c) => c.body(await c.req.arrayBuffer()))
app.get('/page', (c) => c.html(page('Tea & coffee')))
app.get('/burn', (c) => {
  const end = performance.now() + 200
  while (performance.now() < end) { /* keeps the processor */ }
  return c.text('Hello, World!')
})
app.get('/sleep5', async (c) => {
  await new Promise((resolve) => setTimeout(resolve, 5))
  return c.text('Hello, World!')
})
for (let i = 0; i < RESOURCES; i++) {
  const resource = `/api/resource${i}`
  for (const other of [resource, `${resource}/:id`, `${resource}/:id/notes`]) {
    app.get(other, (c) => c.text('Hello, World!'))
  }
  app.get(`${resource}/:id/notes/:note`, note)
}
for (let i = 0; i < 5; i++) {
  app.use('/mw5', async (c, next) => { await next() })
}
app.get('/mw5', (c) => c.text('Hello, World!'))

serve({ fetch: app.fetch, port: Number(process.argv[2]) })
