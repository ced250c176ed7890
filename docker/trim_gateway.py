"""Removes from the gateway's environment what the service never reads: tests of packages, other clouds' services.

Run with the environment's own interpreter.
"""

import shutil
import sysconfig
from pathlib import Path

KEPT_SERVICES = {"s3", "sts", "sso", "sso-oidc", "signin"}  # of botocore: object storage, and ways to sign in to it

packages = Path(sysconfig.get_path("purelib"))
doomed = [folder for folder in packages.rglob("tests") if folder.is_dir() and "app" not in folder.parts]
doomed += [path for path in packages.glob("botocore/data/*") if path.is_dir() and path.name not in KEPT_SERVICES]
for folder in doomed:
    if folder.is_dir():  # one may lie within another
        shutil.rmtree(folder)
print(f"{len(doomed)} folders are removed")
