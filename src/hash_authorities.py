"""Part of the build: write each authority of a bundle to its own file, under the name OpenSSL looks for.

A TLS context then loads only the authority that a server's certificate names, instead of all of them before
the first connection. `openssl rehash` gives the same names: https://docs.openssl.org/3.0/man1/openssl-rehash/
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
