"""Part of the build: give each authority of a bundle a file of its own, under the name OpenSSL looks for.

A TLS context then reads the one authority that a server names, instead of all of them before the first
connection. The name is what `openssl rehash` would give: https://docs.openssl.org/3.0/man1/openssl-rehash/
"""

import re
import sys
from collections import Counter
from pathlib import Path

from OpenSSL.crypto import FILETYPE_PEM, load_certificate

CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----\n?", re.DOTALL)


def hash_authorities(bundle: Path, folder: Path) -> None:
    folder.mkdir()
    times: Counter[str] = Counter()
    for pem in CERTIFICATE.findall(bundle.read_bytes()):
        name = f"{load_certificate(FILETYPE_PEM, pem).subject_name_hash():08x}"
        (folder / f"{name}.{times[name]}").write_bytes(pem)
        times[name] += 1


if __name__ == "__main__":
    hash_authorities(Path(sys.argv[1]), Path(sys.argv[2]))
