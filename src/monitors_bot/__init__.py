"""Who monitors an Omnichannel unit, and who of them is there now."""

__version__ = "0.2.0"
