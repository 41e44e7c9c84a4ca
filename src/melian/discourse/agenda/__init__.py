"""What actors speak of: how broadly, from which side, and who speaks of something more.

* :mod:`~melian.discourse.agenda.coding` - the statements by actor, period and what was coded,
* :mod:`~melian.discourse.agenda.diversity` - effective numbers of issues,
* :mod:`~melian.discourse.agenda.assemblage` - how sure these are,
* :mod:`~melian.discourse.agenda.broader` - whether one agenda is broader than another,
* :mod:`~melian.discourse.agenda.shares` - shares with intervals, and what was not coded,
* :mod:`~melian.discourse.agenda.overlap` - whether two speak of the same things,
* :mod:`~melian.discourse.agenda.claims` - claims that hold, and those that do not,
* :mod:`~melian.discourse.agenda.wording` - claims in words,
* :mod:`~melian.discourse.agenda.result` - all of it, in one call.
"""
