"""Everything that can go wrong, as one tree; each door translates these errors once, at its own edge.

MonitorsBotError
├── RequestRejected               the caller is not who they say
│   └── ProofWrong                they show a proof, and it is wrong
├── RequestMalformed              the request makes no sense
├── ServerUnreachable             a server did not answer                        may pass
│   ├── AwsRefused                AWS answered with an error                     may pass
│   ├── OutOfTime                 not in the time left                           may pass
│   └── ServerNotReached          it never got the request                       may pass
│       ├── NotReachedInTime      nor in the time left: also an OutOfTime        may pass
│       ├── NameUnknown           its name has no address                        may pass
│       ├── ConnectionRefused     nothing listens at its address                 may pass
│       ├── CertificateRefused    we do not trust its certificate                may pass
│       ├── ProxyNotReached       the proxy on the way is down or makes no sense may pass
│       └── ProxyRefused          the proxy on the way does not let us through   may pass
├── RocketChatError               Rocket.Chat failed
│   ├── RocketChatUnavailable     it is down, or not reached                     may pass
│   │   ├── RocketChatTooSlow     it did not answer in the time left             may pass
│   │   ├── ServerNameUnknown     its name has no address                        may pass
│   │   ├── NothingListens        nothing listens at its address                 may pass
│   │   ├── CertificateNotTrusted we do not trust its certificate                may pass
│   │   ├── ProxyDown             the proxy on the way is down or makes no sense may pass
│   │   └── ProxyForbids          the proxy on the way does not let us through   may pass
│   ├── RocketChatLimited         it asks us to wait                             may pass, later
│   ├── RocketChatUnintelligible  it answered nonsense                           may pass
│   │   └── RocketChatRejected    it refuses what we ask                         may pass
│   ├── CredentialsRefused        it does not know our account
│   ├── PermissionMissing         our account may not read this                  final
│   └── UnitsNotAvailable         it has no Omnichannel units                    final
├── RecordsUnreachable            our own records of rosters can't be read       may pass
├── JobMalformed                  a message on the queue is not one we can handle
├── OrderMalformed                the input of a schedule makes no sense
├── Overtaken                     somebody else wrote what we are writing        may pass
├── RunHeld                       another worker holds this run                  may pass
├── Postponed                     a late answer has to wait for its next try     may pass
├── DeliveryError                 a message was not delivered
│   ├── DeliveryPostponed         it was refused for now                         may pass
│   ├── DeliveryImpossible        it was refused for good                        final
│   └── DeliveryUnclear           nobody knows whether it arrived
└── SettingsError                 we are set up wrongly
    ├── AccessRulesMalformed      nobody knows who may see what
    └── SecretUnreachable         our secret can't be read                       may pass
"""


class MonitorsBotError(Exception):
    """The root of the tree.

    `may_pass`: the same call may succeed a moment later, with nothing changed. `is_final`: no retry, because
    a person has to change something first. An error that is neither is retried, as its cause may be corrected
    meanwhile: a key of the secret, for instance.
    """

    may_pass = False
    is_final = False


class RequestRejected(MonitorsBotError):
    """The caller has no proof, a wrong one, or one that is too old."""


class ProofWrong(RequestRejected):
    """The proof has the right form and is not too old, but another secret made it: ours may have changed."""


class RequestMalformed(MonitorsBotError):
    """The body is not what the route accepts."""


class ServerUnreachable(MonitorsBotError):
    """A server refused the connection, broke it off, or sent more than we can hold."""

    may_pass = True


class AwsRefused(ServerUnreachable):
    """AWS answered with an error; the message is the HTTP status, and AWS's own `names` for it."""

    @property
    def status(self) -> int:
        return int(str(self).partition(" ")[0])

    @property
    def names(self) -> frozenset[str]:
        """One name, or the reasons of a transaction."""
        return frozenset(str(self).split(" ")[1:])


class OutOfTime(ServerUnreachable):
    """A server did not answer in the time that was left."""


class ServerNotReached(ServerUnreachable):
    """A server certainly did not get the request: there was no connection to send it over."""


class NotReachedInTime(OutOfTime, ServerNotReached):
    """There was no connection in the time that was left."""


class NameUnknown(ServerNotReached):
    """No address could be found for the server's name."""


class ConnectionRefused(ServerNotReached):
    """Nothing listens at the server's address."""


class CertificateRefused(ServerNotReached):
    """The server's certificate is not trusted; the message says what is wrong with it."""


class ProxyNotReached(ServerNotReached):
    """The proxy on the way to the server is down, is not trusted, or answers nonsense."""


class ProxyRefused(ServerNotReached):
    """The proxy on the way to the server does not let us through: it wants another password, for instance."""


class RocketChatError(MonitorsBotError):
    """Rocket.Chat failed.

    `may_concern_one_unit`: if reading one unit raises this, other units may still be readable.
    """

    may_concern_one_unit = False


class RocketChatUnavailable(RocketChatError):
    """Rocket.Chat is down, broken, or can't be reached."""

    may_pass = True
    may_concern_one_unit = True


class RocketChatTooSlow(RocketChatUnavailable):
    """Rocket.Chat did not answer in the time that was left."""


class ServerNameUnknown(RocketChatUnavailable):
    """No address could be found for the name of Rocket.Chat's server."""


class NothingListens(RocketChatUnavailable):
    """Nothing listens at the address of Rocket.Chat's server."""


class CertificateNotTrusted(RocketChatUnavailable):
    """The certificate of Rocket.Chat's server is not trusted: expired, for another name, or incomplete."""


class ProxyDown(RocketChatUnavailable):
    """The proxy on the way to Rocket.Chat is down, is not trusted, or answers nonsense."""


class ProxyForbids(RocketChatUnavailable):
    """The proxy on the way to Rocket.Chat does not let us through."""


class RocketChatLimited(RocketChatError):
    """Rocket.Chat's rate limiter asks us to wait."""

    may_pass = True

    def __init__(self, wait_seconds: float) -> None:
        super().__init__(f"rate limited for {wait_seconds:.0f} s")
        self.wait_seconds = wait_seconds


class RocketChatUnintelligible(RocketChatError):
    """Rocket.Chat's answer is not what its documentation says."""

    may_pass = True
    may_concern_one_unit = True


class RocketChatRejected(RocketChatUnintelligible):
    """Rocket.Chat understood the request and refuses it, for instance because a room does not exist."""


class CredentialsRefused(RocketChatError):
    """Rocket.Chat does not accept the bot's user id and token."""


class PermissionMissing(RocketChatError):
    """The bot's account lacks a permission."""

    is_final = True

    def __init__(self, permission: str) -> None:
        super().__init__(f"lacks {permission}")
        self.permission = permission


class UnitsNotAvailable(RocketChatError):
    """The server has no Omnichannel units: it has no licence for them, or is not the server we expect.

    After units were listed, they are available. If one unit then raises this, the error concerns that unit
    only.
    """

    is_final = True
    may_concern_one_unit = True


class RecordsUnreachable(MonitorsBotError):
    """Our own records of rosters can't be read, or not in the time left."""

    may_pass = True


class JobMalformed(MonitorsBotError):
    """A message on the queue is not one that we can handle, now or later."""


class OrderMalformed(MonitorsBotError):
    """The input of a schedule makes no sense; the message says what is wrong with it."""


class Overtaken(MonitorsBotError):
    """Somebody else wrote a document since it was read; read it again, then retry."""

    may_pass = True


class RunHeld(MonitorsBotError):
    """Another worker holds this run right now."""

    may_pass = True


class Postponed(MonitorsBotError):
    """A late answer has to wait: a better one may come, or another process is sending it."""

    may_pass = True


class DeliveryError(MonitorsBotError):
    """A message was not delivered: a late answer, a digest or a notice."""


class DeliveryPostponed(DeliveryError):
    """The message was refused for now, and certainly not delivered."""

    may_pass = True


class DeliveryImpossible(DeliveryError):
    """The message was refused for good."""

    is_final = True


class DeliveryUnclear(DeliveryError):
    """The message was sent, but may not have arrived; sending it again might show it twice."""


class SettingsError(MonitorsBotError):
    """The bot is set up wrongly; the message names the setting or key, never its value."""


class AccessRulesMalformed(SettingsError):
    """The access rules can't be read, so they hide everything from whoever asks."""


class SecretUnreachable(SettingsError):
    """The secret can't be read, has no value yet, or is not a JSON object."""

    may_pass = True

    @property
    def has_no_value(self) -> bool:
        """Whether there is no such secret, or nobody gave it a value; AWS has one name for both."""
        cause = self.__cause__
        return isinstance(cause, AwsRefused) and "ResourceNotFoundException" in cause.names
