"""Irregular outlines from a seed: closed noisy blobs, and borders that neighbours share."""

import zlib

import numpy as np
import shapely


def noise(rng, n, roughness):
    """Periodic noise of n steps with mean square 1; the amplitude falls with frequency to the power of `roughness`."""
    waves = np.arange(1, max(2, n // 2))
    spectrum = rng.normal(size=(2, len(waves))) @ np.diag(waves**-roughness)
    padded = np.zeros(n // 2 + 1, complex)
    padded[1 : len(waves) + 1] = spectrum[0] + 1j * spectrum[1]
    wave = np.fft.irfft(padded, n)
    return wave / max(wave.std(), 1e-12)


def blob(rng, vertices, area):
    """A closed ring round (0, 0) of the given area: star-shaped before it is stretched and turned."""
    steps = rng.uniform(0.3, 1.7, vertices)
    angles = np.cumsum(steps) / steps.sum() * 2 * np.pi
    radii = np.exp(rng.uniform(0.2, 0.5) * noise(rng, vertices, rng.uniform(1.1, 1.6)))
    ring = np.column_stack([np.cos(angles), np.sin(angles)]) * radii[:, None]
    stretch, turn = rng.uniform(1, 2.2), rng.uniform(0, np.pi)
    ring[:, 0] *= stretch
    ring = ring @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    ring = np.vstack([ring, ring[:1]])
    x, y = ring.T
    return ring * np.sqrt(area / abs(0.5 * np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])))


def crinkle(ring, points_per_edge, amplitude):
    """Bends each edge of a ring by midpoint displacement. The bend depends on the edge's ends only: neighbours that share the
    edge share the bend, whichever way they run it."""
    bent = [bend(tuple(p), tuple(q), points_per_edge, amplitude) for p, q in zip(ring[:-1], ring[1:])]
    return np.vstack([*bent, ring[:1]])


def bend(p, q, points, amplitude):
    """The points from p to q, without q."""
    low, high = min(p, q), max(p, q)
    rng = np.random.default_rng(zlib.crc32(np.round([*low, *high], 7).tobytes()))
    line = np.array([low, high], float)
    while len(line) - 1 < points:
        steps = np.diff(line, axis=0)
        across = np.column_stack([-steps[:, 1], steps[:, 0]])
        middles = line[:-1] + steps / 2 + across * rng.uniform(-amplitude, amplitude, (len(steps), 1))
        finer = np.empty((2 * len(line) - 1, 2))
        finer[::2], finer[1::2] = line, middles
        line = finer
    # as many points as asked for: every one of the finest line would double at each step
    keep = np.unique(np.linspace(0, len(line) - 1, points + 1).round().astype(int))
    line = line[keep]
    return line[:-1] if low == p else line[:0:-1]


def crinkled(polygons, vertices, amplitude=0.18):
    """Polygons with bent edges and about `vertices` vertices in the mean; edges of those that become invalid are bent less."""
    rings = [shapely.get_coordinates(polygon.exterior) for polygon in polygons]
    points = max(1, round(vertices / np.mean([len(ring) - 1 for ring in rings])))
    result = [shapely.Polygon(crinkle(ring, points, amplitude)) for ring in rings]
    for position in np.flatnonzero(~shapely.is_valid(result)):
        calmer = [shapely.Polygon(crinkle(rings[position], points, amplitude / f)) for f in (2, 4, 8, 16)]
        result[position] = next((p for p in calmer if p.is_valid), polygons[position])
    return result
