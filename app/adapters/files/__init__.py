"""The files of adapter versions: in a local folder, or in S3-compatible storage with copies on each machine."""
