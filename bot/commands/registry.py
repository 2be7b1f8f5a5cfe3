"""Everything that can be asked of the bot, collected from the modules that declare it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import ModuleType

from bot.commands.declare import CommandOption, Handler
from bot.ports.catalog import Catalog
from bot.replies.around import leads_to
from bot.replies.card import Field, FieldKind, Form
from bot.replies.routes import UnreadableRoute, decode, route

_FIELD_KINDS = {
    "place": FieldKind.PLACE,
    "time": FieldKind.TIME,
    "date": FieldKind.DATE,
    "dates": FieldKind.DATES,
    "zone": FieldKind.ZONE,
    "ping": FieldKind.ROLE,
    "person": FieldKind.PERSON,
}


class Registry:
    """Commands, presses and forms by name."""

    def __init__(self, modules: Iterable[ModuleType]) -> None:
        self.commands: dict[str, Handler] = {}
        self.presses: dict[str, Handler] = {}
        self.forms: dict[str, Handler] = {}
        shelves = {"command": self.commands, "press": self.presses, "form": self.forms}
        for module in modules:
            for what, made in _declared(module):
                shelf = shelves[what]
                if made.name in shelf:
                    raise ValueError(f"{what} {made.name!r} is declared twice")
                shelf[made.name] = made

    def only(self, keep: Callable[[Handler], bool]) -> Registry:
        """The same without what is not to be kept."""
        made = Registry(())
        for shelf, whole in (
            (made.commands, self.commands),
            (made.presses, self.presses),
            (made.forms, self.forms),
        ):
            shelf.update({name: handler for name, handler in whole.items() if keep(handler)})
        return made

    def offered(self, catalog: Catalog) -> Mapping[str, Handler]:
        """The commands that have something to work on, each with the options that have."""
        return {
            name: _with_its_options(handler, catalog)
            for name, handler in self.commands.items()
            if handler.shelf is None or catalog.has(handler.shelf)
        }

    def behind(self, button: str) -> Handler | None:
        """Find what a button carrying this text leads to, if that is declared."""
        try:
            made = leads_to(decode(button))
        except UnreadableRoute:
            return None
        if made.what == "run":
            return self.commands.get(made.args[0]) if made.args else None
        return self.presses.get(made.what)

    def form(
        self, name: str, *carried: object, values: Mapping[str, str] | None = None, catalog: Catalog | None = None
    ) -> Form:
        """The form of that name, its fields filled with values where given; the catalog fills lists of choices."""
        made = self.forms[name]
        known = values or {}
        return Form(
            title=made.title,
            submit=route(name, *carried),
            fields=tuple(_field(option, known.get(option.name, ""), catalog) for option in made.options),
        )


def _with_its_options(handler: Handler, catalog: Catalog) -> Handler:
    options = tuple(one for one in handler.options if one.shelf is None or catalog.has(one.shelf))
    return handler if len(options) == len(handler.options) else replace(handler, options=options)


def _field(option: CommandOption, value: str, catalog: Catalog | None) -> Field:
    kind = _FIELD_KINDS.get(option.kind.name, FieldKind.TEXT)
    options = tuple((choice, choice) for choice in option.kind.choices)
    several = tuple(option.kind.offers(catalog)) if option.kind.offers else ()
    chosen: tuple[str, ...] = (value,) if value else ()
    if options:
        kind = FieldKind.CHOICE
    elif several:
        kind, options, chosen = FieldKind.CHOICES, several, option.kind.chosen(value)
    return Field(
        name=option.name,
        label=option.description,
        kind=kind,
        value=value,
        hint=option.example,
        required=option.required,
        limit=option.most if option.kind.name in ("text", "dates", "lines") else 200,
        options=options,
        chosen=chosen if options else (),
    )


def _declared(module: ModuleType) -> Iterator[tuple[str, Handler]]:
    for value in vars(module).values():
        if getattr(value, "__module__", None) == module.__name__:
            yield from getattr(value, "__declared__", ())
