"""Results as a Markdown table, each peer beside ours.    table.py RESULTS.jsonl"""

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
        print(f"| engine | threads | best s | median s | × ours | {rows} | > 0.1 ha | sum ha | how |")
        print("|---|---|---|---|---|---|---|---|---|")
        for r in sorted(chosen, key=lambda r: (r["threads"], r["seconds"])):
            base = ours.get(key(r))
            ratio = f"{r['seconds'] / base['seconds']:.1f}" if base else "–"
            print(f"| {r['engine']} ({r['version']}) | {r['threads']} | {r['seconds']:.4f} | {r['median_seconds']:.4f} | {ratio} "
                  f"| {r['pairs']} | {r['pairs_above_tenth_ha']} | {r['sum_ha']:.4f} | {r['how']} |")
        disagreement(chosen)


def key(result):
    return result["case"], result["task"], result["threads"]


def disagreement(results):
    """Says aloud by how much the engines differ; a speed without the same answer is worth nothing."""
    sums = [r["sum_ha"] for r in results]
    counts = {r["pairs_above_tenth_ha"] for r in results}
    spread = (max(sums) - min(sums)) / max(sums)
    print(f"\nSums differ by {spread:.1e} of the value at most; counts above 0.1 ha: {', '.join(map(str, sorted(counts)))}.")


if __name__ == "__main__":
    main(sys.argv[1])
