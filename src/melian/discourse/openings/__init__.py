"""Openings: what is said under conditions, against one's own line, or with the other side.

* :mod:`~melian.discourse.openings.result` - what an opening is,
* :mod:`~melian.discourse.openings.lines` - which line each party takes on each concept,
* :mod:`~melian.discourse.openings.conditions` - what is said only if something else is so,
* :mod:`~melian.discourse.openings.engine` - from the statements of a case to its openings,
* :mod:`~melian.discourse.openings.form` - openings as plain data and in words.
"""
