/** Colours and type of the map, in the SVG itself, so that the picture follows light and dark wherever it is shown. */
export const MAP_STYLE = `
.map{--ink:#1b2430;--soft:#5b6878;--paper:#ffffff;--card:#ffffff;--line:#b9c3cf;--region:#f4f6f9;--vpc:#ffffff;--bad:#b3261e;--doubt:#9a6700;--waived:#6b7280;--sky:#e6f0fb;--dmz:#fdeaea;--admin:#eef0fc;--compute:#e8f4f8;--data:#e9f5ec;--export:#fdf3df;--log:#f0eef5;--backup:#eef1f0;--none:#f2f2f2;--path:#3f6fb5;--tunnel:#7a4fb0;--health-raw:#a3324a;--health-pseudo:#c2701c;--health-derived:#a98a1d;--technical:#5f7489;--public:#4d8a5b;font-family:system-ui,"Segoe UI","Liberation Sans",sans-serif}
@media (prefers-color-scheme:dark){.map{--ink:#e8edf3;--soft:#a3b0bf;--paper:#10151b;--card:#1b232d;--line:#46535f;--region:#151c24;--vpc:#18202a;--bad:#ff8a80;--doubt:#f0b65a;--waived:#9aa3af;--sky:#17273a;--dmz:#36201f;--admin:#1f2340;--compute:#152d36;--data:#17301f;--export:#352a14;--log:#272336;--backup:#202a27;--none:#242424;--path:#7fb0f5;--tunnel:#c29bf0;--health-raw:#f08da2;--health-pseudo:#f2a65a;--health-derived:#e0c45a;--technical:#9db2c7;--public:#8fd0a0}}
@media print{.map{--paper:#fff}}
.map text{fill:var(--ink);font-size:12px}
.map .small{font-size:10.5px;fill:var(--soft)}.map .end{text-anchor:end}.map .middle{text-anchor:middle}
.map .region-name{font-size:22px;font-weight:650}.map .internet-name{font-size:16px;font-weight:600}
.map .tier{font-size:13px;font-weight:650}.map .section{font-size:12px;font-weight:600;fill:var(--soft)}
.map .label{font-size:11px;fill:var(--ink)}.map .title{font-size:12px;font-weight:600}
.map rect{fill:var(--card);stroke:var(--line);stroke-width:1}
.map .region>rect{fill:var(--region);stroke-width:1.5}.map .vpc>rect{fill:var(--vpc)}
.map .internet>rect{fill:var(--sky)}.map .cluster>rect{fill:none;stroke-dasharray:4 3}
.map .band>rect{stroke:none}
.map .tier-dmz>rect{fill:var(--dmz)}.map .tier-admin>rect{fill:var(--admin)}.map .tier-compute>rect{fill:var(--compute)}.map .tier-data>rect{fill:var(--data)}.map .tier-export>rect{fill:var(--export)}.map .tier-log>rect{fill:var(--log)}.map .tier-backup>rect{fill:var(--backup)}.map .tier-none>rect{fill:var(--none)}
.map .edge{stroke:none;fill:var(--line)}
.map .c-health-raw>.edge{fill:var(--health-raw)}.map .c-health-pseudo>.edge{fill:var(--health-pseudo)}.map .c-health-derived>.edge{fill:var(--health-derived)}.map .c-technical>.edge{fill:var(--technical)}.map .c-public>.edge{fill:var(--public)}
.map .badge>rect{fill:none;stroke:var(--line)}.map .badge>text{font-size:10px}.map .badge>path{fill:none;stroke:var(--ink);stroke-width:1.2}
.map .group-name{font-size:15px;font-weight:650}.map .flow-node>rect,.map .principal>rect,.map .domain>rect{stroke:var(--line)}.map .domain>rect{stroke-width:1}
.map .domain.c-health-raw>rect{stroke:var(--health-raw);stroke-width:2}.map .domain.c-health-pseudo>rect{stroke:var(--health-pseudo);stroke-width:2}.map .domain.c-health-derived>rect{stroke:var(--health-derived);stroke-width:2}
.map .edge-line path{fill:none;stroke:var(--path);stroke-width:1.4}.map .arrow{fill:var(--soft);stroke:none}.map .edge-line.inbound path{stroke:var(--bad)}.map .edge-line.reads path{stroke:var(--health-pseudo)}.map .edge-line.outbound path{stroke:var(--tunnel)}.map .edge-line.unresolved path{stroke:var(--doubt);stroke-dasharray:5 4}
.map .plate{fill:var(--paper);stroke:none;opacity:.88}.map.graph .edge-line .small{fill:var(--ink)}
.map polyline{fill:none;stroke:var(--path);stroke-width:1.6}.map circle{fill:var(--path)}
.map .tunnel polyline{stroke:var(--tunnel);stroke-dasharray:6 4}.map .tunnel circle{fill:var(--tunnel)}
.map .m-violation>rect:first-of-type{stroke:var(--bad);stroke-width:3}.map .m-doubt>rect:first-of-type{stroke:var(--doubt);stroke-width:3;stroke-dasharray:6 3}.map .m-waived>rect:first-of-type{stroke:var(--waived);stroke-width:2;stroke-dasharray:2 3}
.map .flag{font-size:11px;font-weight:700}.map .m-violation>.flag{fill:var(--bad)}.map .m-doubt>.flag{fill:var(--doubt)}.map .m-waived>.flag{fill:var(--waived)}
.map g:focus-visible,.map g:target{outline:none}.map g:focus-visible>rect:first-of-type,.map g:target>rect:first-of-type{stroke:var(--path);stroke-width:4;stroke-dasharray:none}`;
