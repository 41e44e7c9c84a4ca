"""Discourse: who stands with whom, on what, from statements that actors make about concepts.

What all questions rest on, from the ground up; a room knows those above it in this list, never
those below:

* :mod:`~melian.discourse.statements` - coded statements as columns, and which of them count,
* :mod:`~melian.discourse.networks` - from a table to a network, at once or in stretches of time,
* :mod:`~melian.discourse.resampling` - how sure a figure is, had other documents been coded,
* :mod:`~melian.discourse.ties` - how much each two agree, and how much they clash,
* :mod:`~melian.discourse.statistics` - shares, the exact test, and many comparisons at once,
* :mod:`~melian.discourse.dna` - databases of DNA, and what it measures otherwise.

A room for each question, none of which knows another:

* :mod:`~melian.discourse.coalitions` - who stands together, on what, through whom, and how surely,
* :mod:`~melian.discourse.polarisation` - two camps, and who changes sides,
* :mod:`~melian.discourse.scaling` - positions of actors on one or two dimensions,
* :mod:`~melian.discourse.backbone` - which concepts the structure hangs on,
* :mod:`~melian.discourse.trends` - over time: salience, bursts, changes, rises and falls after an
  event,
* :mod:`~melian.discourse.agenda` - what actors speak of, how broadly, and in what they differ,
* :mod:`~melian.discourse.openings` - what others could go on from: conditions, offers, agreement.

Each gives a frozen result; its ``form`` module gives that as plain data for ``--json``, and its
``wording`` module, where it has one, as sentences.

The method is discourse network analysis (Leifeld, "Discourse Network Analysis: Policy Debates as
Dynamic Networks", in The Oxford Handbook of Political Networks, 2017).
"""
