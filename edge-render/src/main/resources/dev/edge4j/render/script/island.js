customElements.define("edge-island",class extends HTMLElement{
async connectedCallback(){
if(this.met)return;
this.met=1;
let a=n=>this.getAttribute(n),on=a("on"),d=document,P=f=>new Promise(f),w=(t,e)=>P(r=>t.addEventListener(e,r,{once:true}));
if(on=="visible")await P(r=>new IntersectionObserver((e,o)=>e.some(x=>x.isIntersecting)&&r(o.disconnect()),{rootMargin:"200px"}).observe(this));
if(on=="idle")await P(self.requestIdleCallback||setTimeout);
if(on=="media"){let q=matchMedia(a("media"));q.matches||await w(q,"change")}
if(d.readyState=="loading"&&!this.nextSibling)await w(d,"DOMContentLoaded");
let m=await import(new URL(a("src"),d.baseURI)),s=this.querySelector(":scope>script[type='application/json']");
m.default?.(this,s&&JSON.parse(s.textContent))
}})
