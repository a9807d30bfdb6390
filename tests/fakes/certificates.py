"""Certificate authorities of the tests' own, and servers' certificates from them."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)


class Authority:
    """Signs certificates; `path` is the file that a client has to trust.

    A `careless` one leaves out what strict clients, as of Python 3.13, insist on. Many private ones do.
    """

    def __init__(
        self,
        folder: Path,
        *,
        careless: bool = False,
        above: Self | None = None,
        name: str = "Tests",
        expires: timedelta = DAY,
    ) -> None:
        self._folder = folder
        self._careless = careless
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.path = folder / f"{name}.pem"
        own = (above or self)._builder(self._name, self._key, datetime.now(UTC) + expires)
        own = own.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=not careless)
        if not careless:
            own = own.add_extension(_signs(), critical=True)
        self.path.write_text(_pem(own.sign((above or self)._key, hashes.SHA256())))

    @property
    def pem(self) -> str:
        return self.path.read_text()

    def server_context(self, host: str, expires: timedelta = DAY) -> ssl.SSLContext:
        """Make what a server needs to call itself `host`, a name or an address."""
        key = ec.generate_private_key(ec.SECP256R1())
        named = _named(self._builder(x509.Name([]), key, datetime.now(UTC) + expires), host)
        if not self._careless:
            issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
            named = named.add_extension(issuer, critical=False)
        return _context(self._folder / f"{host}.pem", key, named.sign(self._key, hashes.SHA256()))

    def _builder(
        self, name: x509.Name, key: ec.EllipticCurvePrivateKey, until: datetime
    ) -> x509.CertificateBuilder:
        return _builder(name, self._name, key, until)


def self_signed(folder: Path, host: str) -> tuple[str, ssl.SSLContext]:
    """Make a certificate that no authority signed, as PEM, and what a server needs to use it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    certificate = _named(_builder(name, name, key, datetime.now(UTC) + DAY), host).sign(key, hashes.SHA256())
    return _pem(certificate), _context(folder / f"{host}.pem", key, certificate)


def _builder(
    name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(until - 30 * DAY)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _named(builder: x509.CertificateBuilder, host: str) -> x509.CertificateBuilder:
    return builder.add_extension(x509.SubjectAlternativeName([_general_name(host)]), critical=True)


def _context(path: Path, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> ssl.SSLContext:
    path.write_text(_private_pem(key) + _pem(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def _signs() -> x509.KeyUsage:
    """What an authority's certificate says it is for; strict clients ask for that."""
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: name in {"key_cert_sign", "crl_sign"} for name in names})


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _private_pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
