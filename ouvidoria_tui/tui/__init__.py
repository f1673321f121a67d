"""The console. Where things are:

``app`` puts it together; ``keys`` is the one table of keys; ``service`` and ``reads`` are the only road to the
store; ``live`` tells screens that somebody committed; ``messages`` is what workers say to screens; ``theme``
holds colours and glyphs. ``screens`` stand on :class:`~ouvidoria_tui.tui.screens.desk_screen.DeskScreen`.
"""
