"""Which parts touch, run into each other, or hang in the air."""

import math

import bmesh
from mathutils import Vector
from mathutils.bvhtree import BVHTree

SAMPLES = 300
SIDES = (Vector((0.31, 0.52, 0.79)).normalized(), Vector((-0.67, 0.24, -0.70)).normalized())
NUDGE = 1e-5
MOST_CROSSINGS = 64
VISITED = 20000
FACES_MAX = 400000


class Solid:
    """A part's surface in world space, for questions about nearness."""

    def __init__(self, name, shape, bounds):
        self.name = name
        self.low, self.high = bounds
        copy = bmesh.new()
        try:
            copy.from_mesh(shape.mesh)
            copy.transform(shape.matrix)
            self.tree = BVHTree.FromBMesh(copy)
            self.points = [vertex.co.copy() for vertex in every(list(copy.verts), VISITED)]
        finally:
            copy.free()

    def near(self, other, margin):
        """Its points that are in the box of the other."""
        low = [value - margin for value in other.low]
        high = [value + margin for value in other.high]
        return [p for p in self.points if low[0] <= p.x <= high[0]
                and low[1] <= p.y <= high[1] and low[2] <= p.z <= high[2]]


def every(items, most):
    """Items at even distances, at most so many."""
    return items[::len(items) // (most + 1) + 1]


def box_share(a, b):
    """How much of the smaller box the two have in common, from 0 to 1."""
    sides = [[max(1e-9, high - low) for low, high in zip(one.low, one.high)] for one in (a, b)]
    common = [min(a.high[i], b.high[i]) - max(a.low[i], b.low[i]) for i in range(3)]
    smaller = min(math.prod(side) for side in sides)
    return math.prod(max(0.0, length) for length in common) / smaller


def boxes_touch(a, b, margin):
    return all(a[0][i] <= b[1][i] + margin and b[0][i] <= a[1][i] + margin for i in range(3))


def crossings(tree, point, direction):
    """How often a ray from there meets the surface; 0 if it never ends."""
    for count in range(MOST_CROSSINGS):
        place = tree.ray_cast(point, direction)[0]
        if place is None:
            return count
        point = place + direction * NUDGE
    return 0


def is_within(tree, point):
    """Inside by rays to two sides. The nearest normal alone errs at sharp edges."""
    return all(crossings(tree, point, side) % 2 for side in SIDES)


class Pair:
    """Two parts whose boxes touch: do they meet, and how deep is one in the other?"""

    def __init__(self, a, b, closed, tolerance):
        self.a, self.b = a, b
        self.depth = 0.0
        self.hidden = None  # the part that lies within the other
        self.crosses = bool(a.tree.overlap(b.tree))
        self.nearest = 0.0 if self.crosses else float("inf")
        for one, other in ((a, b), (b, a)):
            self._probe(one, other, other.name in closed, tolerance)
        self.meets = self.nearest <= tolerance

    def _probe(self, one, other, is_closed, tolerance):
        inside = 0
        near = one.near(other, tolerance)
        points = every(near, SAMPLES)
        for point in points:
            place, normal, _, distance = other.tree.find_nearest(point)
            if place is None:
                continue
            self.nearest = min(self.nearest, distance)
            if (is_closed and distance > tolerance and (point - place).dot(normal) < 0
                    and is_within(other.tree, point)):
                inside += 1
                self.depth = max(self.depth, distance)
        if self.depth:
            self.nearest = 0.0
        if inside and not self.crosses and inside == len(points) and len(near) == len(one.points):
            self.hidden = one.name


def groups(names, pairs):
    """The names in groups that touch, the largest first."""
    group = {name: [name] for name in names}
    for pair in pairs:
        a, b = group[pair.a.name], group[pair.b.name]
        if pair.meets and a is not b:
            a.extend(b)
            group.update((name, a) for name in b)
    found = []
    for members in group.values():
        if not any(members is other for other in found):
            found.append(members)
    return sorted(found, key=len, reverse=True)


def gap(solids, members):
    """The (distance, name) of the nearest part that is not one of the members."""
    best = (float("inf"), None)
    ours = [solid for solid in solids if solid.name in members]
    for other in solids:
        if other.name in members:
            continue
        for one in ours:
            for a, b in ((one, other), (other, one)):
                found = (b.tree.find_nearest(point)[3] for point in every(a.points, SAMPLES))
                best = min(best, (min((d for d in found if d is not None), default=best[0]),
                                  other.name))
    return best
