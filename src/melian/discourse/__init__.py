"""Discourse: who stands with whom, on what, from statements that actors make about concepts.

* :mod:`~melian.discourse.table` - coded statements as columns,
* :mod:`~melian.discourse.selection` - which of them count: period, exclusions, duplicates,
* :mod:`~melian.discourse.tensor` - how often who said what in which sense,
* :mod:`~melian.discourse.one_mode` - networks of actors (or of anything else) among themselves,
* :mod:`~melian.discourse.two_mode` - networks of actors and concepts (or any two variables),
* :mod:`~melian.discourse.networks` - from a table to a network, in one call,
* :mod:`~melian.discourse.windows` - the same in stretches of time,
* :mod:`~melian.discourse.reading`, :mod:`~melian.discourse.of_case` - from tables and cases,
* :mod:`~melian.discourse.dna` - databases of DNA, and how it counts.

The method is discourse network analysis (Leifeld, "Discourse Network Analysis: Policy Debates as
Dynamic Networks", in The Oxford Handbook of Political Networks, 2017).
"""
