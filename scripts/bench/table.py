"""Results as a Markdown table, each peer beside ours.    table.py RESULTS.jsonl

«off by» is how far a peer's sum is from ours, as a share: a speed without the same answer is worth nothing. GEOS's intersection with a
union of blocks whose shared borders are rounded to 0.1 mm sometimes comes out empty; the union of the overlaps does not."""

import json
import sys

OURS = "tupu"


def main(path):
    with open(path, encoding="utf-8") as lines:
        results = [json.loads(line) for line in lines if line.strip()]
    ours = {key(r): r for r in results if r["engine"] == OURS}
    for case, task in dict.fromkeys((r["case"], r["task"]) for r in results):
        chosen = [r for r in results if (r["case"], r["task"]) == (case, task)]
        rows = "zones" if task == "unions" else "pairs"
        print(f"\n### {case}, {task}\n")
        print(f"| engine | threads | best s | median s | × ours | {rows} | > 0.1 ha | sum ha | off by | how |")
        print("|---|---|---|---|---|---|---|---|---|---|")
        for r in sorted(chosen, key=lambda r: (r["threads"], r["seconds"])):
            base = ours.get(key(r))
            ratio = f"{r['seconds'] / base['seconds']:.1f}" if base else "–"
            off = f"{abs(r['sum_ha'] / base['sum_ha'] - 1):.0e}" if base else "–"
            print(f"| {r['engine']} ({r['version']}) | {r['threads']} | {r['seconds']:.4f} | {r['median_seconds']:.4f} | {ratio} "
                  f"| {r['pairs']} | {r['pairs_above_tenth_ha']} | {r['sum_ha']:.4f} | {off} | {r['how']} |")


def key(result):
    return result["case"], result["task"], result["threads"]


if __name__ == "__main__":
    main(sys.argv[1])
