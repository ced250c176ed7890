"""Client for Loracle."""

from loracle_client.chat_stream import ChatEvent, ChatStream
from loracle_client.client import Loracle
from loracle_client.errors import LoracleError
from loracle_client.offsets import from_utf16, to_utf16
from loracle_client.version import __version__

__all__ = ["ChatEvent", "ChatStream", "Loracle", "LoracleError", "__version__", "from_utf16", "to_utf16"]
