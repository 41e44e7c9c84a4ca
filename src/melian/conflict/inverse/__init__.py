"""The graph model turned round: what change of preferences makes a state an equilibrium.

* :mod:`~melian.conflict.inverse.fewest`: the fewest preference statements moved or added, exactly;
* :mod:`~melian.conflict.inverse.rankings`: all rankings of the states within bounds, counted.

The question is that of inverse analysis in the graph model (Kinsara, Petersons, Hipel & Kilgour
2015), which lists rankings. Statements in an order of priority are what analysts write down, so
that "put this one above that one" is an answer they can read.
"""
