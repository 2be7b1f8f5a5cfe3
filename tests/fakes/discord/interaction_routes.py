"""REST: the first response to an interaction, and everything its token allows after it."""

from __future__ import annotations

from tests.fakes.discord import components as parts
from tests.fakes.discord import posting
from tests.fakes.discord.calls import Call, Reply, routes
from tests.fakes.discord.command_limits import check_choice
from tests.fakes.discord.errors import FormErrors, refusal
from tests.fakes.discord.interactions import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL_SUBMIT,
    TOKEN_LIVES,
    Answer,
    Interaction,
)
from tests.fakes.discord.messages import Message
from tests.fakes.discord.modal_limits import check_modal
from tests.fakes.discord.wire import EPHEMERAL, Json

MESSAGE, DEFERRED, WILL_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
_ALLOWED: dict[int, set[int]] = {
    COMMAND: {MESSAGE, DEFERRED, MODAL},
    COMPONENT: {MESSAGE, DEFERRED, WILL_UPDATE, UPDATE, MODAL},
    AUTOCOMPLETE: {CHOICES},
    MODAL_SUBMIT: {MESSAGE, DEFERRED},
}


@routes.add("POST", "/interactions/{interaction}/{token}/callback", needs_token=False)
def respond(call: Call) -> Reply:
    discord = call.discord
    interaction = discord.interactions.get(call.args["token"])
    if interaction is None or interaction.id != call.args["interaction"] or interaction.too_late:
        raise refusal(10062)
    if interaction.answer is not Answer.NOTHING:
        raise refusal(40060)
    kind: int = call.form.get("type") or 0
    allowed = set(_ALLOWED[interaction.type])
    if interaction.type == MODAL_SUBMIT and interaction.message is not None:
        allowed |= {WILL_UPDATE, UPDATE}
    if kind not in allowed:
        found = FormErrors()
        found.add(("type",), "BASE_TYPE_CHOICES", f"Value must be one of {sorted(allowed)}.")
        found.raise_if_any()
    interaction.answer = _apply(call, interaction, kind, call.form.get("data") or {})
    interaction.answered_at = discord.time()
    interaction.answered.set()
    if call.query.get("with_response") not in ("1", "true", "True"):
        return 204, None
    return 200, _callback_response(interaction, kind)


def _apply(call: Call, interaction: Interaction, kind: int, data: Json) -> Answer:
    if kind == MESSAGE:
        interaction.original = posting.create(call, interaction.channel, data, interaction=interaction, path=("data",))
        return Answer.MESSAGE
    if kind == DEFERRED:
        flags = data.get("flags") or 0
        if flags & ~EPHEMERAL:
            found = FormErrors()
            found.add(("data", "flags"), "MESSAGE_FLAGS_INVALID", "A deferred answer can only be made private")
            found.raise_if_any()
        interaction.original = posting.placeholder(call.discord, interaction, private=bool(flags & EPHEMERAL))
        return Answer.THINKING
    if kind == CHOICES:
        _check_suggestions(data)
        interaction.choices = data.get("choices") or []
        return Answer.CHOICES
    if kind == MODAL:
        check_modal(data)
        interaction.modal = data | {"components": parts.numbered(data["components"])}
        return Answer.MODAL
    interaction.original = interaction.message
    if kind == UPDATE and interaction.message is not None:
        posting.edit(call, interaction.message, data, path=("data",))
        return Answer.UPDATED
    return Answer.WILL_UPDATE


def _check_suggestions(data: Json) -> None:
    found = FormErrors()
    choices = data.get("choices") or []
    found.length(("data", "choices"), choices, 0, 25)
    for index, choice in enumerate(choices):
        check_choice(found, choice, ("data", "choices", index), text=isinstance(choice.get("value"), str))
    found.raise_if_any()


def _callback_response(interaction: Interaction, kind: int) -> Json:
    told: Json = {"id": interaction.id, "type": interaction.type}
    found: Json = {"interaction": told}
    if interaction.original is not None and kind in (MESSAGE, DEFERRED, UPDATE):
        told |= {
            "response_message_id": interaction.original.id,
            "response_message_loading": kind == DEFERRED,
            "response_message_ephemeral": interaction.original.ephemeral,
        }
        if kind != DEFERRED:
            found["resource"] = {"type": kind, "message": interaction.original.payload()}
    return found


# --- with the token, for 15 minutes ---

_WEBHOOK = "/webhooks/{webhook}/{token}"


def _interaction_of(call: Call) -> Interaction:
    discord = call.discord
    interaction = discord.interactions.get(call.args["token"])
    if interaction is None or call.args["webhook"] != discord.application_id:
        raise refusal(10015)
    if discord.time() - interaction.sent_at > TOKEN_LIVES:
        raise refusal(50027)
    if interaction.answer in (Answer.NOTHING, Answer.CHOICES):
        raise refusal(10015)
    return interaction


def _original_of(interaction: Interaction) -> Message:
    if interaction.original is None or interaction.original.deleted:
        raise refusal(10008)
    return interaction.original


def _followup_of(call: Call, interaction: Interaction) -> Message:
    wanted = call.args["message"]
    original = [interaction.original] if interaction.original else []
    for message in [*original, *interaction.followups]:
        if message.id == wanted and not message.deleted:
            return message
    raise refusal(10008)


def _changed(call: Call, interaction: Interaction) -> None:
    interaction.changes += 1
    call.discord.pulse.beat()


@routes.add("POST", _WEBHOOK, needs_token=False)
def follow_up(call: Call) -> Reply:
    interaction = _interaction_of(call)
    original = interaction.original
    if original is not None and original.thinking and interaction.answer is Answer.THINKING:
        # The first follow-up of a deferred answer takes the place of "is thinking".
        posting.edit(call, original, {key: value for key, value in call.form.items() if key != "tts"})
        _changed(call, interaction)
        return 200, original.payload()
    message = posting.create(call, interaction.channel, call.form, interaction=interaction)
    interaction.followups.append(message)
    _changed(call, interaction)
    return 200, message.payload()


@routes.add("GET", _WEBHOOK + "/messages/@original", needs_token=False)
def get_original(call: Call) -> Reply:
    return 200, _original_of(_interaction_of(call)).payload()


@routes.add("PATCH", _WEBHOOK + "/messages/@original", needs_token=False)
def edit_original(call: Call) -> Reply:
    interaction = _interaction_of(call)
    original = _original_of(interaction)
    posting.edit(call, original, call.form)
    _changed(call, interaction)
    return 200, original.payload()


@routes.add("DELETE", _WEBHOOK + "/messages/@original", needs_token=False)
def delete_original(call: Call) -> Reply:
    interaction = _interaction_of(call)
    posting.delete(call.discord, _original_of(interaction))
    _changed(call, interaction)
    return 204, None


@routes.add("GET", _WEBHOOK + "/messages/{message}", needs_token=False)
def get_followup(call: Call) -> Reply:
    return 200, _followup_of(call, _interaction_of(call)).payload()


@routes.add("PATCH", _WEBHOOK + "/messages/{message}", needs_token=False)
def edit_followup(call: Call) -> Reply:
    interaction = _interaction_of(call)
    message = _followup_of(call, interaction)
    posting.edit(call, message, call.form)
    _changed(call, interaction)
    return 200, message.payload()


@routes.add("DELETE", _WEBHOOK + "/messages/{message}", needs_token=False)
def delete_followup(call: Call) -> Reply:
    interaction = _interaction_of(call)
    posting.delete(call.discord, _followup_of(call, interaction))
    _changed(call, interaction)
    return 204, None
