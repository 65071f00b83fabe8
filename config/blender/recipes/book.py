"""Book with cover, spine and a block of pages

For books, folders, notebooks. The block is smaller than the cover on three sides and touches the
spine; the boards are separate parts so that they can have another material.
"""
# words: book, pages, cover, spine, notebook, library, shelf, paper block, hardcover
# idents: bmesh.ops.create_cube, mathutils.Matrix.Diagonal, bpy.types.Object.parent
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from mathutils import Matrix


def build_book(name, width=0.16, height=0.23, thick=0.04, board=0.003, lip=0.004):
    def box(part, low, high):
        middle = [(a + b) / 2 for a, b in zip(low, high)]
        size = [b - a for a, b in zip(low, high)]
        bm = bmesh.new()
        bmesh.ops.create_cube(bm, size=1, matrix=Matrix.Translation(middle)
                              @ Matrix.Diagonal((*size, 1)))
        mesh = bpy.data.meshes.new(name + part)
        bm.to_mesh(mesh)
        bm.free()
        obj = bpy.data.objects.new(name + part, mesh)
        bpy.context.collection.objects.link(obj)
        return obj

    x, y = width / 2, height / 2
    pages = box("Pages", (-x + board, -y + lip, board), (x - lip, y - lip, thick - board))
    for part in (box("Back", (-x, -y, 0), (x, y, board)),
                 box("Front", (-x, -y, thick - board), (x, y, thick)),
                 box("Spine", (-x, -y, board), (-x + board, y, thick - board))):
        part.parent = pages
    return pages


build_book("Book")
