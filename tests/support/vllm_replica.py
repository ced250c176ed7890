"""The double of vLLM as a process of its own, over the byte base.

python -m tests.support.vllm_replica --port 8000
"""

from __future__ import annotations

import argparse
import signal

from tests.support.byte_base import encode_bytes
from tests.support.vllm_double import VllmDouble


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, required=True, help="of the loopback interface")
    VllmDouble(port=parser.parse_args().port, encode=encode_bytes).start()
    signal.pause()


if __name__ == "__main__":
    main()
