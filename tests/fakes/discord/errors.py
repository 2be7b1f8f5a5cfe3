"""Discord's refusals: the status, the JSON code and the sentence of each."""

from __future__ import annotations

from tests.fakes.discord.wire import Json, JsonValue

# JSON code -> (HTTP status, message), as Discord documents them.
KNOWN: dict[int, tuple[int, str]] = {
    10002: (404, "Unknown Application"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    20016: (429, "This action cannot be performed due to slowmode rate limit"),
    20028: (429, "The write action you are performing on the channel has hit the write rate limit."),
    30032: (400, "Maximum number of application commands reached (100)."),
    30034: (400, "Max number of daily application command creates has been reached (200)"),
    30046: (429, "Maximum number of edits to messages older than 1 hour reached. Try again later"),
    40001: (401, "Unauthorized"),
    40002: (403, "You need to verify your account in order to perform this action."),
    40005: (413, "Request entity too large"),
    40058: (400, "Cannot message this thread until after the post author has sent an initial message"),
    40067: (400, "A tag is required to create a forum post in this channel"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    110000: (503, "API resource is currently overloaded. Try again a little later"),
    160004: (400, "A thread has already been created for this message"),
    160005: (400, "Thread is locked"),
    160006: (400, "Maximum number of active threads reached"),
    200000: (400, "Message was blocked by automatic moderation"),
    200001: (400, "Title was blocked by automatic moderation"),
    240000: (400, "Message blocked by harmful links filter"),
}


class ApiError(Exception):
    """Discord says no."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def body(self) -> Json:
        found: Json = {"message": self.message, "code": self.code}
        if self.errors is not None:
            found["errors"] = self.errors
        return found


def refusal(code: int) -> ApiError:
    """The refusal Discord knows by this JSON code."""
    status, message = KNOWN[code]
    return ApiError(status, code, message)


def plain(status: int, phrase: str) -> ApiError:
    """A refusal without a JSON code of its own: 401, 404, 405."""
    return ApiError(status, 0, f"{status}: {phrase}")


class FormErrors:
    """Faults in a request's body, by the path of each field."""

    def __init__(self) -> None:
        self._found: Json = {}

    def add(self, path: tuple[str | int, ...], code: str, message: str) -> None:
        place = self._found
        for step in path:
            place = place.setdefault(str(step), {})
        place.setdefault("_errors", []).append({"code": code, "message": message})

    def length(self, path: tuple[str | int, ...], value: JsonValue, least: int, most: int) -> None:
        """Note a text or list that is shorter or longer than allowed. None is nobody's length."""
        if value is not None and not least <= len(value) <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")

    def required(self, path: tuple[str | int, ...], value: JsonValue) -> None:
        if value is None:
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")

    def raise_if_any(self) -> None:
        if self._found:
            status, message = KNOWN[50035]
            raise ApiError(status, 50035, message, self._found)
