(d=>{
let kind=n=>((n.nodeType==8?n.data:n.nodeType==7?"?"+n.target+" "+n.data:"").match(/^\?(start|end) name="([\w-]+)"/)||[]).slice(1),
apply=()=>{
for(let t of d.querySelectorAll("template[for]")){
if(!t.nextSibling&&d.readyState=="loading")continue;
let w=d.createTreeWalker(d,192),a,b;
while(a=w.nextNode()){
let[k,m]=kind(a);
if(k!="start"||m!=t.getAttribute("for"))continue;
for(b=a.nextSibling;b&&kind(b)+""!="end,"+m;b=a.nextSibling)b.remove();
b&&b.remove();
a.replaceWith(t.content);
t.remove();
break
}}},
o=new MutationObserver(apply);
o.observe(d,{childList:true,subtree:true});
d.addEventListener("DOMContentLoaded",()=>{apply();o.disconnect()});
apply()
})(document)
