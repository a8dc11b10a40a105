"""`broadsheet intake`: take in what was written elsewhere."""

import sys
from pathlib import Path
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo

import click

from broadsheet.config.cli.acting import (
    bring_out,
    in_zone,
    paper_zone,
    refusals_as_messages,
    say_if_numbered,
    who,
)
from broadsheet.copydesk.findings import Finding, Severity
from broadsheet.intake.copying_in import read_page
from broadsheet.intake.drafts import Draft, Reading, Report
from broadsheet.intake.page_files import PageRefused, read_bytes
from broadsheet.newsroom import commands
from broadsheet.newsroom.copied_pages import CopiedBefore, copied_before
from broadsheet.newsroom.copy_drafts import (
    PageCopiedBefore,
    create_another_draft_from,
    create_draft_from,
    waiting_pictures,
)
from broadsheet.newsroom.models import Story as StoryRow
from broadsheet.press import log
from broadsheet.story.records import PAPER, Settings, Story
from broadsheet.story.text import proposed

BLOCKED = 3  # exit status: a draft was left, since readers would see something wrong


class Taking(TypedDict):
    """How a page is made a draft."""

    file: bytes
    section_slug: str
    language: str
    by: str


@click.group()
def intake() -> None:
    """Take in what was written elsewhere: it becomes a draft, and a report on it."""


@intake.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--section", required=True, help="Name of the section it goes to.")
@click.option("--new-section", is_flag=True, help="Make the section, live, if there is none.")
@click.option("--language", default="", help="BCP 47; the paper's unless given.")
@click.option("--use-proposal", is_flag=True, help="Write what may be written for what may not.")
@click.option("--again", is_flag=True, help="Take it in though it was copied in before.")
@click.option("--publish", is_flag=True, help="Publish it, unless a finding blocks that.")
def copy(
    *,
    file: Path,
    section: str,
    new_section: bool,
    language: str,
    use_proposal: bool,
    again: bool,
    publish: bool,
) -> None:
    """
    Take in a page's text as copied from a browser.

    Exit status 2: it was copied in before, or its section is not there. 3: a finding blocks
    publication; the draft waits at the desk. 4: it is published in the log, but readers do
    not see all of it yet.
    """
    if not section.strip():
        message = "give the section's name"
        raise click.BadParameter(message, param_hint="--section")
    settings = _settings()
    if not new_section:
        _check_section(section)
    language = language or settings.language
    try:
        data = file.read_bytes()
        text = read_bytes(data)
        reading = read_page(
            proposed(text) if use_proposal else text,
            language=language,
            zone=ZoneInfo(settings.time_zone),
        )
    except PageRefused as error:
        message = f"{file}: {error}"
        raise click.ClickException(message) from error
    if not again:
        _refuse_double(reading.draft, data)
    _say(reading)
    if not reading.draft.headline:
        message = f"{file}: nothing on the page reads as a headline; write one as its first line"
        raise click.ClickException(message)
    create = _create_again if again else _create_once
    row = create(reading.draft, file=data, section_slug=section, language=language, by=who())
    if publish and not reading.report.blocks_publication:
        since = log.length()
        with refusals_as_messages():
            commands.publish_story(str(row.uuid), by=who())
        bring_out(f"Story {row.uuid}", since=since)
        version = log.newest("story", str(row.uuid))
        address = version.address if isinstance(version, Story) else ""
        click.echo(f"\nPublished {row.uuid} at {address}")
        say_if_numbered(row, since=since)
        return
    click.echo(f"\nDraft {row.uuid}; publish it with `broadsheet story publish {row.uuid}`.")
    if reading.report.blocks_publication:
        click.echo("A finding blocks publication: mend it at the desk first.", err=True)
        sys.exit(BLOCKED)


def _settings() -> Settings:
    settings = log.newest("settings", PAPER)
    if not isinstance(settings, Settings):
        message = (
            "the paper has no settings yet: fill them in at the desk, or run `broadsheet demo`"
        )
        raise click.ClickException(message)
    return settings


def _refuse_double(draft: Draft, data: bytes) -> None:
    before = copied_before(draft, file=data)
    if before is not None:
        raise _double(before)


def _double(before: CopiedBefore) -> click.UsageError:
    message = f"{_before_in_words(before)}. To make another story of it, add --again"
    return click.UsageError(message)


def _create_once(draft: Draft, **how: Unpack[Taking]) -> StoryRow:
    """Make the page's draft, unless somebody copied it in since we looked."""
    try:
        with refusals_as_messages():
            return create_draft_from(draft, **how)
    except PageCopiedBefore as error:
        raise _double(error.before) from error


def _create_again(draft: Draft, **how: Unpack[Taking]) -> StoryRow:
    """Make the page's draft in any case; say of which story it is the double."""
    before = copied_before(draft, file=how["file"])
    if before is not None:
        click.echo(f"Again      {_before_in_words(before)}")
    with refusals_as_messages():
        return create_another_draft_from(draft, **how)


def _before_in_words(before: CopiedBefore) -> str:
    at = in_zone(before.at, paper_zone())
    place = f"at {before.address}" if before.address else "which is a draft"
    return f"this page was copied in on {at}, as story {before.story}, {place}"


def _check_section(name: str) -> None:
    """Refuse a section there is not: a slip of the pen would stand in every page's menu."""
    try:
        commands.find_section(name)
    except commands.NotInTheNewsroom as error:
        message = f"{error}. To make it, live, add --new-section"
        raise click.BadParameter(message, param_hint="--section") from error


def _say(reading: Reading) -> None:
    for line in (
        *_draft_lines(reading.draft),
        *_report_lines(reading.report),
        *_summary_lines(reading),
    ):
        click.echo(line)


def _draft_lines(draft: Draft) -> list[str]:
    pictures = waiting_pictures(draft)
    lines = [
        f"Headline   {draft.headline}",
        f"Section    {draft.section_label or 'not named on the page'}",
        f"Published  {draft.published_at or 'no date on the page'}",
        *(f"Byline     {byline.name}, {byline.role or 'no role'}" for byline in draft.bylines),
        f"Body       {len(draft.body)} blocks",
        f"Pictures   {len(pictures)}, waiting for their files",
    ]
    for number, picture in enumerate(pictures, start=1):
        lines += [
            f"  {number:>2} agency   {picture.agency_caption or '-'}",
            f"     display  {picture.caption or '-'}",
            f"     credit   {picture.credit or '-'}",
        ]
    return lines


def _report_lines(report: Report) -> list[str]:
    order = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.NOTE: 2}
    findings = sorted(report.findings, key=lambda found: order[found.severity])
    lines = ["", "Findings" if findings else "Findings   none"]
    lines += [_finding_line(found) for found in findings]
    if report.guesses:
        lines += ["Uncertain"]
    lines += [
        f"  {guess.confidence:.0%} {guess.field}: {guess.reason}: {guess.taken}"
        for guess in report.guesses
    ]
    return [*lines, *(f"Left out   {line}" for line in report.left_out)]


def _summary_lines(reading: Reading) -> list[str]:
    """Return what the report comes to: for whoever reads its end only."""
    report, waiting = reading.report, len(waiting_pictures(reading.draft))
    blocking = sum(found.severity is Severity.BLOCK for found in report.findings)
    warnings = sum(found.severity is Severity.WARN for found in report.findings)
    said = f"Nothing blocks; {_counted(warnings, 'warning')}."
    if blocking:
        verb = "blocks" if blocking == 1 else "block"
        said = f"{_counted(blocking, 'finding')} {verb}: left as a draft."
    lines = ["", f"Summary    {said}"]
    if waiting == 1:
        lines.append(
            "           1 picture waits for its file: readers see neither it nor its caption, "
            "which is kept in the newsroom."
        )
    elif waiting:
        lines.append(
            f"           {waiting} pictures wait for their files: readers see neither them nor "
            "their captions, which are kept in the newsroom."
        )
    return lines


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _finding_line(found: Finding) -> str:
    line = f"  {found.severity.value.upper():<5} {found.check} in {found.field}: {found.message}"
    return line if found.proposal is None else f"{line} Proposal: {found.proposal!r}."
