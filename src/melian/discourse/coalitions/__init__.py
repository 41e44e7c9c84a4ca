"""Discourse coalitions: who stands together, on what, through whom they are linked, and how surely.

A discourse coalition is a group of actors who share a storyline (Hajer, "The Politics of
Environmental Discourse", 1995): those of a debate are groups that agree more with one another than
with the rest. No one method of finding groups is right, so several are asked and compared.

* :mod:`~melian.discourse.coalitions.basis` - the ties and profiles of the actors that are grouped,
* :mod:`~melian.discourse.coalitions.grouping` - a grouping, and its modularity,
* :mod:`~melian.discourse.coalitions.methods` - the methods, each by its name,
* :mod:`~melian.discourse.coalitions.comparing` - how far two groupings agree,
* :mod:`~melian.discourse.coalitions.storylines` - what each coalition stands for,
* :mod:`~melian.discourse.coalitions.brokers` - who links coalitions,
* :mod:`~melian.discourse.coalitions.sureness` - what survives when documents are drawn again,
* :mod:`~melian.discourse.coalitions.engine` - all of it, in one call.
"""
