/** How the map's page looks: two columns on a wide screen, one on a narrow one and on paper. */
export const PAGE_STYLE = `
:root{--panel:#f6f8fa;--accent:#2f62b0;--lit:#d97706}
@media (prefers-color-scheme:dark){:root{--panel:#171d25;--accent:#7fb0f5;--lit:#fbbf24}}
body{max-width:none;margin:0;padding:0;font-size:15px}
[hidden]{display:none!important}
header{display:flex;gap:1rem 2rem;flex-wrap:wrap;justify-content:space-between;align-items:start;padding:1rem 1.5rem .8rem;border-bottom:1px solid var(--line)}
header>div{flex:1 1 32rem;min-width:0}h1{font-size:1.25rem;margin:0;overflow-wrap:anywhere}header p{margin:.2rem 0 0}
h2{font-size:1rem;margin:.4rem 0}h3{font-size:.95rem;margin:1.4rem 0 .4rem}small,.hint,.legend{color:var(--muted)}.hint,.legend{font-size:.85rem;margin:.4rem 0}
.fail b{color:var(--bad)}.undecided b{color:var(--doubt)}.pass b{color:var(--good)}header .fail b,header .undecided b,header .pass b{text-transform:uppercase}
.find{position:relative;flex:0 1 20rem;display:grid;grid-template-columns:auto 1fr;gap:.1rem .6rem;align-items:center}
.find input{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:6px;padding:.35rem .6rem;min-width:0}
kbd{font:inherit;font-size:.8em;border:1px solid var(--line);border-radius:3px;padding:0 .3em;color:var(--muted)}
#found{grid-column:2;font-size:.8rem;color:var(--muted);min-height:1.2em}
#results{position:absolute;top:2.4rem;right:0;left:0;z-index:3;list-style:none;margin:0;padding:0;background:var(--paper);border-radius:6px;box-shadow:0 4px 18px #0004;max-height:60vh;overflow:auto}
#results button{display:flex;justify-content:space-between;gap:1rem;width:100%;text-align:left;border:0;background:none;padding:.4rem .6rem;overflow-wrap:anywhere}
#results button:hover,#results button:focus-visible{background:var(--panel)}#results small{white-space:nowrap}
button{font:inherit;color:inherit;cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:1px}
.columns{display:grid;grid-template-columns:minmax(0,1fr) 23rem;gap:0;align-items:start}
main{padding:.8rem 1.5rem 2rem;min-width:0}
aside{position:sticky;top:0;max-height:100vh;overflow:auto;padding:.8rem 1.2rem 2rem;border-left:1px solid var(--line);background:var(--panel);min-height:calc(100vh - 6rem);box-sizing:border-box}
[role=tablist]{display:none;gap:.2rem;border-bottom:1px solid var(--line);margin-bottom:.6rem;flex-wrap:wrap}.js [role=tablist]{display:flex}
[role=tab]{border:0;background:none;padding:.45rem .9rem;border-bottom:3px solid transparent}[role=tab] b{font-weight:600}
[role=tab][aria-selected=true]{border-bottom-color:var(--accent)}[role=tab]:hover{background:var(--panel)}
.js .view-title{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
figure{margin:.4rem 0;overflow-x:auto}svg.map{display:block;width:100%;min-width:60rem;height:auto}svg.graph{min-width:min(44rem,var(--w));max-width:var(--w);margin:0 auto}
.legend .v{border:3px solid var(--bad);padding:0 .3rem}.legend .d{border:3px dashed var(--doubt);padding:0 .3rem}.legend .w{border:2px dotted var(--muted);padding:0 .3rem}
.js .map [id^=r-]{cursor:pointer}
.focus .map [id^=r-]:not(.lit),.focus .map .edge-line:not(.lit),.focus .map .drop,.focus .map .sky{opacity:.25}
.map .lit>rect:first-of-type{stroke:var(--lit);stroke-width:3.5;stroke-dasharray:none}.map .edge-line.lit path{stroke:var(--lit);stroke-width:3}.map .edge-line.lit .small{fill:var(--ink);font-weight:600}
.findings{list-style:none;margin:0;padding:0}.findings li{margin:.5rem 0}
.findings button{width:100%;text-align:left;background:var(--paper);border:1px solid var(--line);border-left:5px solid var(--bad);border-radius:6px;padding:.5rem .7rem;display:grid;gap:.1rem}
.findings button>*{grid-column:1/-1;overflow-wrap:anywhere}.findings button>b{grid-column:1}.findings button>small{grid-column:2}
.findings button{grid-template-columns:auto 1fr;column-gap:.6rem}.findings .undecided button{border-left-style:dashed;border-left-color:var(--doubt)}.findings .waived button{border-left-style:dotted;border-left-color:var(--muted)}
.findings .who,.findings .got,.findings .path{font-size:.82rem;color:var(--muted)}.findings .who{color:var(--ink)}
.findings button[aria-pressed=true]{border-color:var(--lit);box-shadow:0 0 0 2px var(--lit)}
.js .noscript{display:none}
#detail{background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:.6rem .9rem;margin-bottom:1rem;overflow-wrap:anywhere}
#detail h2{margin-right:4rem}#detail h3{margin:.7rem 0 .2rem;font-size:.85rem;color:var(--muted)}#detail ul{margin:0;padding-left:1.1rem;font-size:.85rem;max-height:18rem;overflow:auto}#detail p{margin:.2rem 0}
.close{float:right;border:1px solid var(--line);background:var(--panel);border-radius:6px;padding:.1rem .6rem;font-size:.85rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.85rem;width:100%}th,td{border-top:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere;min-width:5rem}
.tree,.tree ul{padding-left:1.2rem;font-size:.88rem}.tree li{margin:.15rem 0}
@media (max-width:70rem){.columns{display:block}aside{position:static;max-height:none;min-height:0;border-left:0;border-top:1px solid var(--line)}main,aside,header{padding-left:1rem;padding-right:1rem}header>div,.find{flex-basis:100%}[role=tab] small{display:none}}
@media print{@page{size:A3 landscape;margin:10mm}.find,[role=tablist],.close,#detail{display:none!important}[role=tabpanel][hidden]{display:block!important}.columns{display:block}aside{position:static;max-height:none;border:0;background:none}.view-title{position:static!important;width:auto!important;height:auto!important;clip-path:none!important}svg.map{min-width:0;max-height:250mm}[role=tabpanel]{break-after:page}.focus .map [id^=r-],.focus .map .edge-line,.focus .map .drop,.focus .map .sky{opacity:1}}`;
