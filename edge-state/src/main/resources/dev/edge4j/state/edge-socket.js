/* A WebSocket that reconnects and resumes (subprotocol edge4j.resume.1): new EdgeSocket(url[, {key, ping}])
   onmessage(data)        string or ArrayBuffer, once
   onopen(resumed)        false: a new session, load all anew
   onclose(code, reason)  closed for good
   send(data)             without a connection it waits; what was under way is lost
   key: keeps the session in sessionStorage; ping: text for after 25 s of silence */
export class EdgeSocket {
  onmessage = () => {};
  onopen = () => {};
  onclose = () => {};
  #url; #key; #ping; #ws; #timer; #silence; #token; #last; #tries = 0; #queue = []; #over;

  constructor(url, { key, ping } = {}) {
    this.#url = new URL(url, location.href);
    this.#url.protocol = this.#url.protocol.replace('http', 'ws');
    this.#key = key;
    this.#ping = ping;
    [this.#token, this.#last] = (key && sessionStorage[key] || ' 0').split(' ');
    this.#connect();
  }

  send(data) {
    if (this.#ws.ready) this.#ws.send(data);
    else if (!this.#over) this.#queue.push(data);
  }

  close(code = 1000, reason = '') {
    this.#over = true;
    clearTimeout(this.#timer);
    const ws = this.#ws;
    if (ws.readyState > 1) this.#end(code, reason);
    else if (ws.readyState) ws.close(code, reason);
    else ws.onopen = () => ws.close(code, reason); // closed before it is open, it would be an error in the console
  }

  #connect() {
    const url = new URL(this.#url);
    const asked = this.#token;
    if (asked) {
      url.searchParams.set('session', asked);
      url.searchParams.set('after', this.#last);
    }
    this.#tries++;
    const ws = this.#ws = new WebSocket(url, 'edge4j.resume.1');
    ws.binaryType = 'arraybuffer';
    ws.onmessage = e => this.#came(e.data, asked);
    ws.onclose = e => this.#closed(e.code, e.reason);
  }

  #came(data, asked) {
    clearTimeout(this.#silence);
    if (this.#ping) this.#silence = setTimeout(() => this.send(this.#ping), 25000);
    if (typeof data != 'string') {
      this.#seen(new DataView(data).getBigUint64(0));
      return this.onmessage(data.slice(8));
    }
    const colon = data.indexOf(':'), head = data.slice(0, colon), rest = data.slice(colon + 1);
    if (head != 'session') {
      this.#seen(head);
      return this.onmessage(rest);
    }
    if (asked != rest) [this.#token, this.#last] = [rest, '0'];
    this.#seen('');
    this.#tries = 0;
    this.#ws.ready = true;
    this.onopen(asked == rest);
    this.#queue.splice(0).forEach(each => this.send(each));
  }

  #seen(number) {
    if (number) this.#last = `${number}`;
    if (this.#key) sessionStorage[this.#key] = this.#token + ' ' + this.#last;
  }

  #closed(code, reason) {
    clearTimeout(this.#silence);
    this.#ws.ready = false;
    const anew = code == 4404 || code == 4410;
    if (anew) this.#token = '';
    if (this.#over || code == 1000 || (code > 1006 && code < 1012) || (code > 3999 && !anew)) this.#end(code, reason);
    else this.#timer = setTimeout(() => this.#connect(), anew ? 0 : 250 * 2 ** Math.min(this.#tries, 6) * (.5 + Math.random() / 2));
  }

  #end(code, reason) {
    this.#over = true;
    if (this.#key) delete sessionStorage[this.#key];
    this.onclose(code, reason);
  }
}
