"""In the place of micropip: what can be imported is on this site, and nothing comes from elsewhere."""


async def install(*_, **__):
    """Refuse."""
    raise RuntimeError("nothing can be installed here: this site loads nothing from elsewhere")
