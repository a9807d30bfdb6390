"""Everything that can go wrong, as one tree; each door translates it once, at its own edge.

MonitorsBotError
├── RequestRejected               the caller is not who they say
├── RequestMalformed              the request makes no sense
├── ServerUnreachable             a server did not answer                        may pass
│   ├── AwsRefused                AWS answered with an error                     may pass
│   ├── OutOfTime                 not in the time left                           may pass
│   └── ServerNotReached          it never got the request                       may pass
│       └── NotReachedInTime      not in the time left: it is OutOfTime, too     may pass
├── RocketChatError               Rocket.Chat failed
│   ├── RocketChatUnavailable     it is down, or not reached                     may pass
│   │   └── RocketChatTooSlow     it did not answer in the time left             may pass
│   ├── RocketChatLimited         it asks us to wait                             may pass, later
│   ├── RocketChatUnintelligible  it answered nonsense                           may pass
│   │   └── RocketChatRejected    it refuses what we ask
│   ├── CredentialsRefused        it does not know our account
│   ├── PermissionMissing         our account may not read this                  final
│   └── UnitsNotAvailable         it has no Omnichannel units                    final
├── RecordsUnreachable            our own records of rosters can't be read       may pass
├── JobMalformed                  a message on the queue is none of ours
├── OrderMalformed                the input of a schedule makes no sense
├── Overtaken                     somebody else wrote what we are writing        may pass
├── RunHeld                       another worker is at this run                  may pass
├── Postponed                     a late answer has to wait for its next try     may pass
├── DeliveryError                 a message was not delivered
│   ├── DeliveryPostponed         it was refused for now                         may pass
│   ├── DeliveryImpossible        it was refused for good                        final
│   └── DeliveryUnclear           nobody knows whether it arrived
└── SettingsError                 we are set up wrongly
    └── SecretUnreachable         our secret can't be read                       may pass
"""


class MonitorsBotError(Exception):
    """The root of the tree.

    `may_pass`: the same thing may go well a moment later, with nothing changed. `is_final`: it is not tried
    again, because a person has to change something first. What is neither may be mended meanwhile: a key of
    the secret, say.
    """

    may_pass = False
    is_final = False


class RequestRejected(MonitorsBotError):
    """The caller has no proof, a wrong one, or one that is too old."""


class RequestMalformed(MonitorsBotError):
    """The body is not what the route takes."""


class ServerUnreachable(MonitorsBotError):
    """A server refused the connection, broke it off, or sent more than we can hold."""

    may_pass = True


class AwsRefused(ServerUnreachable):
    """AWS answered with an error; the message is the HTTP status and AWS's own `name` for it."""

    @property
    def name(self) -> str:
        return str(self).partition(" ")[2]


class OutOfTime(ServerUnreachable):
    """A server did not answer in the time that was left."""


class ServerNotReached(ServerUnreachable):
    """A server can't have got the request: there was no connection to send it over."""


class NotReachedInTime(OutOfTime, ServerNotReached):
    """There was no connection in the time that was left."""


class RocketChatError(MonitorsBotError):
    """Rocket.Chat failed.

    `may_concern_one_unit`: when one of many units fails so, the others may be readable.
    """

    may_concern_one_unit = False


class RocketChatUnavailable(RocketChatError):
    """Rocket.Chat is down, broken, or can't be reached."""

    may_pass = True
    may_concern_one_unit = True


class RocketChatTooSlow(RocketChatUnavailable):
    """Rocket.Chat did not answer in the time that was left."""


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
    """Rocket.Chat understood, and says that what we ask can't be done."""


class CredentialsRefused(RocketChatError):
    """Rocket.Chat does not accept the bot's user id and token."""


class PermissionMissing(RocketChatError):
    """The bot's account lacks a permission."""

    is_final = True

    def __init__(self, permission: str) -> None:
        super().__init__(f"lacks {permission}")
        self.permission = permission


class UnitsNotAvailable(RocketChatError):
    """The server has no Omnichannel units: no licence for them, or not the server we think.

    Once units were listed they are available, so a single unit that seems not to be is alone in that.
    """

    is_final = True
    may_concern_one_unit = True


class RecordsUnreachable(MonitorsBotError):
    """Our own records of rosters can't be read, or not in the time left."""

    may_pass = True


class JobMalformed(MonitorsBotError):
    """A message on the queue is not a job that we can do."""


class OrderMalformed(MonitorsBotError):
    """The input of a schedule is not what it has to be; the message says what is wrong with it."""


class Overtaken(MonitorsBotError):
    """Somebody else wrote a document of the table since it was read; the work can be done again."""

    may_pass = True


class RunHeld(MonitorsBotError):
    """Another worker is at this run right now."""

    may_pass = True


class Postponed(MonitorsBotError):
    """A late answer has to wait: a better one may come, or another process is sending it."""

    may_pass = True


class DeliveryError(MonitorsBotError):
    """A late answer was not delivered."""


class DeliveryPostponed(DeliveryError):
    """The answer was refused for now, and surely not delivered."""

    may_pass = True


class DeliveryImpossible(DeliveryError):
    """The answer was refused for good."""

    is_final = True


class DeliveryUnclear(DeliveryError):
    """The answer was sent, and nobody knows whether it arrived; sending it again might double it."""


class SettingsError(MonitorsBotError):
    """The bot is set up wrongly; the message names the setting or key, never its value."""


class SecretUnreachable(SettingsError):
    """The secret can't be read, has no value yet, or is not a JSON object."""

    may_pass = True

    @property
    def has_no_value(self) -> bool:
        """Whether there is no such secret, or nobody gave it a value; AWS has one name for both."""
        cause = self.__cause__
        return isinstance(cause, AwsRefused) and cause.name == "ResourceNotFoundException"
