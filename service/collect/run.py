"""A corpus built, or gone on with: outlets are gone through, the table and the sheet written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field

from krynica.classifier.errors import KrynicaError
from krynica.data.atomic import sweep
from krynica.service.collect.articles import Articles
from krynica.service.collect.events import Event, Failed
from krynica.service.collect.gather import gather
from krynica.service.collect.job import CollectJob
from krynica.service.collect.outlet_list import Outlet, read_outlet_list
from krynica.service.collect.review import Checked, read_sheet, write_sheet
from krynica.service.collect.rows import write_corpus
from krynica.service.collect.state import State
from krynica.service.collect.summary import Tally, outlet_lines, total_lines
from krynica.service.places import check_places
from krynica.service.progress import Progress


@dataclass
class Done:
    """What came of it.

    Parameters
    ----------
    lines
        A summary in sentences.
    failures
        Why pages could not be fetched, a line a kind.
    is_whole
        Whether all could be fetched and read.
    """

    lines: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    is_whole: bool = True


def collect(
    job: CollectJob, articles: Articles, tell: Callable[[str], None], progress: Progress
) -> Done:
    """Build a corpus; after a stop, the next call with the same state resumes.

    Parameters
    ----------
    job
        What is asked for.
    articles
        Who reads pages.
    tell
        Told at once of every feed, sitemap and archive that cannot be read.
    progress
        Told of every page that was dealt with.

    Raises
    ------
    classifier.errors.KrynicaError
        If the list or a sheet is faulty, the output could not be written, or something else stands
        there, or the state is held by another process.
    """
    check_places(job.output, job.state, job.review)
    outlets = _outlets(job)
    checked = Checked()
    for sheet in job.checked:
        read_sheet(sheet, checked)
    with State(job.state) as state:
        _check_output(job, state)
        sweep(job.output)
        refused = state.refuse(checked.wrong)
        try:
            with closing(gather(job, outlets, state, articles)) as events:
                tally = _counted(events, tell, progress)
        finally:
            written = _write(job, outlets, state)
        done = Done(is_whole=tally.is_whole, failures=list(tally.failures.lines()))
        done.lines += outlet_lines(outlets, state, tally)
        done.lines += total_lines(outlets, state)
        done.lines += checked.sentences()
        if job.checked:
            done.lines.append(f"left out, as a person found them wrong: {refused:,} more")
        done.lines += written
    return done


def _outlets(job: CollectJob) -> list[Outlet]:
    listed = read_outlet_list(job.outlets)
    outlets = [outlet for outlet in listed if job.contested or not outlet.contested]
    if not outlets:
        raise KrynicaError(
            f"All outlets in {job.outlets} are contested; --contested includes them."
        )
    return outlets


def _check_output(job: CollectJob, state: State) -> None:
    if job.output.exists() and state.output != str(job.output.absolute()):
        raise KrynicaError(
            f"{job.output} already exists, and was not written from {job.state}; name another "
            "output, or move it away."
        )


def _counted(events: Iterable[Event], tell: Callable[[str], None], progress: Progress) -> Tally:
    tally = Tally()
    progress.begin("collecting", None)
    for event in events:
        if isinstance(event, Failed):
            tally.failed += 1
            tell(event.reason)
        else:
            tally.add(event)
            progress.done(1)
    return tally


def _write(job: CollectJob, outlets: list[Outlet], state: State) -> list[str]:
    """Write the table and the sheet; return what is to be said of them."""
    by_domain = {outlet.domain: outlet for outlet in outlets}
    rows = state.briefs(list(by_domain))
    write_corpus(state.rows(rows), by_domain, job.output)
    state.keep_output(str(job.output.absolute()))
    if write_sheet(job.review, rows, by_domain, state):
        return []
    return [f"{job.review} has answers in it, and stays as it is: name another with --review"]
