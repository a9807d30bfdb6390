"""Part of the build: put each authority of a bundle into a file of its own, named as OpenSSL looks for it.

A TLS context then reads the one authority that a server names, not all of them before the first connection.
Does what `openssl rehash` does, which not every machine that builds has.
https://docs.openssl.org/3.0/man1/openssl-rehash/
"""

import hashlib
import re
import ssl
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----\n?", re.DOTALL)
SEQUENCE, SET, UTF8, VERSION = 0x30, 0x31, 0x0C, 0xA0
ENCODINGS = {
    UTF8: "utf-8",
    0x13: "ascii",
    0x14: "latin-1",
    0x16: "ascii",
    0x1A: "ascii",
    0x1C: "utf-32-be",
    0x1E: "utf-16-be",
}
"""Tags of ASN.1's texts, which are compared regardless of their encoding, case and spaces."""


def hash_authorities(bundle: Path, folder: Path) -> None:
    folder.mkdir()
    names: Counter[str] = Counter()
    for pem in CERTIFICATE.findall(bundle.read_text(encoding="utf-8")):
        name = subject_hash(ssl.PEM_cert_to_DER_cert(pem))
        (folder / f"{name}.{names[name]}").write_text(pem, encoding="ascii")
        names[name] += 1


def subject_hash(certificate: bytes) -> str:
    """Hash the name of whom a certificate is about, as OpenSSL's X509_NAME_hash does."""
    [(_, content)] = _parts(certificate)
    (_, signed), *_ = _parts(content)
    fields = [part for part in _parts(signed) if part[0] != VERSION]
    _serial, _algorithm, _issuer, _validity, (_, subject) = fields[:5]
    canonical = b"".join(_canonical_set(one) for _, one in _parts(subject))
    return hashlib.sha1(canonical, usedforsecurity=False).digest()[3::-1].hex()


def _canonical_set(attributes: bytes) -> bytes:
    members = []
    for _, attribute in _parts(attributes):
        (kind, name), (tag, value) = _parts(attribute)
        members.append(_encoded(SEQUENCE, _encoded(kind, name) + _canonical_value(tag, value)))
    return _encoded(SET, b"".join(sorted(members)))


def _canonical_value(tag: int, value: bytes) -> bytes:
    if tag not in ENCODINGS:
        return _encoded(tag, value)
    text = b" ".join(value.decode(ENCODINGS[tag]).encode().split())
    return _encoded(UTF8, text.lower())


def _parts(der: bytes) -> Iterator[tuple[int, bytes]]:
    """Cut DER into the tags and contents it is made of."""
    while der:
        tag, length, start = der[0], der[1], 2
        if length & 0x80:
            start += length & 0x7F
            length = int.from_bytes(der[2:start])
        yield tag, der[start : start + length]
        der = der[start + length :]


def _encoded(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + length.to_bytes(size) + content


if __name__ == "__main__":
    hash_authorities(Path(sys.argv[1]), Path(sys.argv[2]))
