"""Maps of nowhere."""

import numpy as np
import shapely

from legislators.maps.boundaries import Area


def area(name):
    return Area(name, "FK", name, name)


def stars(seed, count=9):
    """Jagged polygons that tile a square: the cells of a triangulation, so neighbours share their
    lines.
    """
    source = np.random.default_rng(seed)
    points = np.round(source.random((12, 2)) * 3 - 1, 6)
    triangles = shapely.get_parts(shapely.delaunay_triangles(shapely.multipoints(points)))
    groups = source.integers(count, size=len(triangles))
    return {
        str(group): shapely.union_all(triangles[groups == group])
        for group in sorted(set(groups.tolist()))
    }
