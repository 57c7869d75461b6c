"""The magic %pip."""


async def get_transformed_code(_):
    """What is run in its place: it refuses."""
    return "import piplite; await piplite.install()"
