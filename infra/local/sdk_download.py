"""Lets the SDK download its server into a folder: `python -m infra.local.sdk_download FOLDER`.

A process of its own, because a failed download can abort the process that tried it.
"""

import asyncio
import os
import sys

from temporalio.testing import WorkflowEnvironment

from infra.local.temporal_build import VERSION


async def download(folder: str) -> None:
    """Fetch the program into `folder`; starting it once is the SDK's only way to do so."""
    server = await WorkflowEnvironment.start_local(
        download_dest_dir=folder, dev_server_download_version=f"v{VERSION}"
    )
    await server.shutdown()


if __name__ == "__main__":
    try:
        asyncio.run(download(sys.argv[1]))
    except RuntimeError as error:
        sys.stderr.write(f"{error}\n")
        os._exit(1)
    os._exit(0)
