(d=>{
let key=n=>n.nodeType==1&&(n.id||n.getAttribute("data-key"))||"",
update=(m,y)=>{
if(m.nodeType!=1){m.data!=y.data&&(m.data=y.data);return}
if(m.isEqualNode(y)||m.hasAttribute("data-keep"))return;
let own=n=>n=="open"&&/DETAILS|DIALOG/.test(m.nodeName);
for(let{name:n}of[...m.attributes])y.hasAttribute(n)||own(n)||m.removeAttribute(n);
for(let{name:n,value:v}of y.attributes)m.getAttribute(n)==v||own(n)||m.setAttribute(n,v);
morph(m,y);
if(m!=d.activeElement&&/INPUT|TEXTAREA|SELECT|OPTION/.test(m.nodeName)&&m.type!="file"){
if(m.nodeName=="OPTION")m.selected=y.hasAttribute("selected");
else if(m.type=="checkbox"||m.type=="radio")m.checked=y.checked;
else if(m.nodeName!="SELECT")m.value=y.value}
},
same=(m,y)=>m.nodeName==y.nodeName&&key(m)==key(y),
morph=(a,b)=>{
let x=a.firstChild,r=[...b.childNodes],drop=()=>{let n=x.nextSibling;x.remove();x=n};
r.forEach((y,i)=>{
while(x&&!r.some((z,j)=>j>=i&&same(x,z)))drop();
let m=x;
while(m&&!same(m,y))m=m.nextSibling;
if(!m)a.insertBefore(y,x);
else{
if(m==x)x=x.nextSibling;
else(a.moveBefore||a.insertBefore).call(a,m,x);
update(m,y)
}});
while(x)drop()
};
customElements.define("edge-live",class extends HTMLElement{
connectedCallback(){
this.see=()=>{d.hidden?this.stop():this.source||this.start()};
d.addEventListener("visibilitychange",this.see);
this.see()
}
disconnectedCallback(){d.removeEventListener("visibilitychange",this.see);this.stop()}
stop(){this.source&&this.source.close();this.source=null}
start(){
let statics,root,
html=n=>typeof n=="string"?n:typeof n[0]=="number"?statics[n[0]].map((s,i)=>(i?html(n[i]):"")+s).join(""):n.map(html).join(""),
e=this.source=new EventSource(this.getAttribute("src"));
e.onopen=()=>this.removeAttribute("offline");
e.onerror=()=>{this.setAttribute("offline","");e.readyState>1&&setTimeout(()=>this.source==e&&this.start(),3e3)};
e.onmessage=({data})=>{
let m=JSON.parse(data),t=d.createElement("template");
if(m.n){statics={};root=m.n}
if(!root)return;
Object.assign(statics,m.s);
for(let[p,v]of m.p||[]){let n=root,i=p.pop();for(let j of p)n=n[j];n[i]=v}
t.innerHTML=html(root);
morph(this,t.content);
this.dispatchEvent(new Event("edge-live"))
}}
})
})(document)
