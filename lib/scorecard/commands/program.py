"""The program: the command that publishes a month needs no name, the others have theirs."""

from __future__ import annotations

from scorecard.commands import region
from scorecard.commands.check_and_status import check, status
from scorecard.commands.council import init, lab, upgrade, validate
from scorecard.commands.loads import describe, diff, explain, history, load, loads
from scorecard.commands.publish import publish
from scorecard.commands.usage import Commands
from scorecard.wording import PROGRAM

EXAMPLES = f"""
\b
Examples:
  {PROGRAM} 2016-08                       the month's pack, what is unchanged is not run again
  {PROGRAM} 2016-08 --only county         some appendices, the others stay as they are
  {PROGRAM} 2016-08 --dry-run             what would be done, and why
  {PROGRAM} 2016-08 --pdf                 each appendix and the whole pack as PDF too
  {PROGRAM} --month-range 2015-08:2016-08 a year of packs
  {PROGRAM} 2016-08 --as-at 12            the pack as it was after load 12, beside the one of now
  {PROGRAM} 2016-08 --workbook fenwold    another council's data/, params/ and outputs/
  {PROGRAM} 2016-08 --workbooks 'councils/*' the packs of many councils
  {PROGRAM} init fenwold                  a workbook of a made-up council, to begin with
  {PROGRAM} validate --workbook fenwold   every fault in its data/ and params/
  {PROGRAM} lab --workbook fenwold        JupyterLab on it
  {PROGRAM} load extract.xlsx --dry-run   what loading a file would change
  {PROGRAM} check 2016-08                 what is odd in the month's data, before publishing it
  {PROGRAM} explain kent 17 2016-08       where a figure comes from, on one page
  {PROGRAM} diff 2016-08                  what has changed since the month was published
  {PROGRAM} status                        what is published, and what of it has changed since
"""

publish.epilog = EXAMPLES
main = Commands(publish, context_settings={"max_content_width": 100})
for command in (
    init, validate, upgrade, lab, load, describe, loads, history, explain, check, diff, status,
    region.comparators,
):  # fmt: skip
    main.add_command(command)
