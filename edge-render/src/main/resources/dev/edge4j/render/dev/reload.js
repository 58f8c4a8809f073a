// While templates are being written: loads the page again when they change, and says what is wrong with them.
(() => {
  if (window.edgeDev) return; // put into this page once more, by a swap of its body
  window.edgeDev = 1;
  const version = document.currentScript.dataset.version;
  const events = new EventSource('/_dev/events?since=' + encodeURIComponent(version));
  events.addEventListener('reload', () => location.reload());
  events.addEventListener('problem', event => {
    let box = document.getElementById('edge-dev-problem');
    if (!box) {
      box = document.createElement('a');
      box.id = 'edge-dev-problem';
      box.href = '/_dev/problem';
      // Set by script, so that no policy forbids it.
      Object.assign(box.style, {
        position: 'fixed', insetInline: '0', insetBlockEnd: '0', zIndex: '2147483647', padding: '12px 16px',
        background: '#7f1d1d', color: '#fff', font: '14px/1.5 ui-monospace, monospace', whiteSpace: 'pre-wrap'
      });
      document.body.append(box);
    }
    box.textContent = event.data;
  });
})();
