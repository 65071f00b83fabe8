"""Where a camera has to stand to see all of a thing and not much else. Closed form, no search.

A view is (azimuth, elevation) in degrees: 0, 0 looks from the front (-Y), 90, 0 from the right
(+X), and 0, 90 from above.
"""

import math

from mathutils import Matrix, Vector

ANGLE = math.radians(35)
MARGIN = 0.06

VIEWS = {
    "front": (0, 8),
    "three-quarter-right": (40, 22),
    "three-quarter-left": (-40, 22),
    "side": (90, 8),
    "top": (0, 89.9),
    "back": (180, 15),
    "bottom": (0, -89.9),
}
DEFAULT_VIEWS = ("front", "three-quarter-right", "three-quarter-left", "side", "top")


def axes(azimuth, elevation):
    """Right, up and backward of a camera, the last pointing from the thing to the camera."""
    a, e = math.radians(azimuth), math.radians(elevation)
    back = Vector((math.sin(a) * math.cos(e), -math.cos(a) * math.cos(e), math.sin(e)))
    right = Vector((math.cos(a), math.sin(a), 0))
    return right, back.cross(right), back


def tangents(aspect):
    """Of half the angles, the longer side of the picture having all of it, less the margin."""
    full = math.tan(ANGLE / 2) / (1 + 2 * MARGIN)
    return (full, full / aspect) if aspect >= 1 else (full * aspect, full)


def camera(points, azimuth, elevation, aspect=1.0):
    """The matrix, nearest and farthest distance of the camera for points, of which there is one.

    A point is inside the right edge if x + tx z <= tx D + sx, D being the distance to the middle
    and sx the shift to the side; so each edge is ruled by one point, and D by the worse axis.
    """
    right, up, back = axes(azimuth, elevation)
    middle = sum(points, Vector()) / len(points)
    tx, ty = tangents(aspect)
    seen = [(p.dot(right), p.dot(up), p.dot(back)) for p in (point - middle for point in points)]
    to_right, to_left = max(x + tx * z for x, _, z in seen), max(tx * z - x for x, _, z in seen)
    to_top, to_bottom = max(y + ty * z for _, y, z in seen), max(ty * z - y for _, y, z in seen)
    front, rear = max(z for _, _, z in seen), min(z for _, _, z in seen)
    distance = max((to_right + to_left) / (2 * tx), (to_top + to_bottom) / (2 * ty), front + 1e-3)
    place = (middle + back * distance + right * ((to_right - to_left) / 2)
             + up * ((to_top - to_bottom) / 2))
    turn = Matrix((right, up, back)).transposed().to_4x4()
    near = max((distance - front) / 2, (distance - rear) * 1e-4, 1e-5)
    return Matrix.Translation(place) @ turn, near, (distance - rear) * 2 + 1e-3
