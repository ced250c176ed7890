"""OLE2 compound files, as Outlook messages are, made of named streams."""

from __future__ import annotations

import struct

SECTOR, MINI = 512, 64
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound_file(streams: dict[str, bytes]) -> bytes:
    """The bytes of a file with these streams by path ("folder/name"), each shorter than 4096 bytes."""
    names = sorted({"/".join(path.split("/")[:depth]) for path in streams for depth in range(1, path.count("/") + 2)})
    mini, starts, chain = b"", {}, []
    for path in (name for name in names if name in streams):
        data = streams[path]
        starts[path] = len(mini) // MINI if data else END
        count = -(-len(data) // MINI)
        chain += [*(len(chain) + n + 1 for n in range(count - 1)), END] if count else []
        mini += data.ljust(count * MINI, b"\0")
    parts = [
        _padded(b"".join(_entries(names, streams, starts, len(mini)))),
        _padded(struct.pack(f"<{len(chain)}I", *chain), b"\xff"),
        _padded(mini),
    ]
    firsts, place = [], 1  # sector 0 holds the table of sectors
    fat = [FAT]
    for part in parts:
        firsts.append(place)
        count = len(part) // SECTOR
        fat += [*(place + n + 1 for n in range(count - 1)), END]
        place += count
    root = parts[0][:116] + struct.pack("<I", firsts[2]) + parts[0][120:]
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6, 0, 1, firsts[0], 0, 4096,
        firsts[1], len(parts[1]) // SECTOR, END, 0,
    ) + struct.pack("<109I", 0, *[FREE] * 108)  # fmt: skip
    return header + _padded(struct.pack(f"<{len(fat)}I", *fat), b"\xff") + root + parts[1] + parts[2]


def _entries(names: list[str], streams: dict[str, bytes], starts: dict[str, int], mini_size: int) -> list[bytes]:
    """Directory entries: the root, then each name; entries of one folder are a chain of right neighbours."""
    of_folder: dict[str, list[str]] = {}
    for name in names:
        of_folder.setdefault(name.rpartition("/")[0], []).append(name)
    ids = {name: place for place, name in enumerate(["", *names])}
    entries = []
    for name in ["", *names]:
        children, siblings = of_folder.get(name, []), of_folder.get(name.rpartition("/")[0], [])
        following = siblings[siblings.index(name) + 1 :] if name else []
        label = (name.rpartition("/")[2] or "Root Entry").encode("utf-16-le") + b"\0\0"
        kind = 5 if not name else 2 if name in streams else 1
        size = mini_size if not name else len(streams.get(name, b""))
        entries.append(
            struct.pack(
                "<64sHBBIII36xIQ", label, len(label), kind, 1, FREE, ids[following[0]] if following else FREE,
                ids[children[0]] if children else FREE, starts.get(name, 0), size,
            )
        )  # fmt: skip
    return entries


def _padded(data: bytes, filling: bytes = b"\0") -> bytes:
    return data + filling * (-len(data) % SECTOR)
