"""Names the newsroom's own acts in the logs, and what the desk calls every act."""

from collections.abc import Mapping

from wagtail.log_actions import registry

RETRACT = "newsroom.retract"
ERASE = "newsroom.erase"
CHANGE_ADDRESS = "newsroom.change_address"
GIVE_ROLE = "newsroom.give_role"
TAKE_ROLE = "newsroom.take_role"
LATE = "newsroom.late"
NOT_LATE = "newsroom.not_late"

# label, and message in a history: as Wagtail registers its own
OURS: Mapping[str, tuple[str, str]] = {
    RETRACT: ("Retract", "Retracted"),
    ERASE: ("Erase", "Erased"),
    CHANGE_ADDRESS: ("Change address", "Address changed"),
    GIVE_ROLE: ("Give role", "Role given"),
    TAKE_ROLE: ("Take role", "Role taken"),
    LATE: ("Late", "Did not go live on time"),
    NOT_LATE: ("No longer late", "Went live, late"),
}


def choices() -> list[tuple[str, str]]:
    """Return every act that can be logged, with its name, in the order of the names."""
    return sorted(
        {act: str(label) for act, label in registry.get_choices()}.items(), key=lambda each: each[1]
    )


def name_of(act: str) -> str:
    """Return what the desk calls an act; an unknown one by its own name."""
    return dict(choices()).get(act, act)
