"""Readings: where the audit of what parties say meets the conflict over what they do.

A party whose position does not hold together has several coherent ones, its **readings**. Each
reading holds some preferences and not others, so each combination of the parties' readings is a
conflict of its own. This package finds

* on which sides of which contradictions the preferences rest (:mod:`~melian.readings.choices`),
* in which different ways the parties rank the states (:mod:`~melian.readings.profiles`),
* which outcomes are stable in which combinations (:mod:`~melian.readings.outcomes`),
* what each outcome hangs on (:mod:`~melian.readings.conditions`),
* how outcomes come about from the status quo (:mod:`~melian.readings.evolution`),
* how often they come up in draws (:mod:`~melian.readings.draws`),
* what a lever changes in all of that (:mod:`~melian.readings.levers`).
"""
