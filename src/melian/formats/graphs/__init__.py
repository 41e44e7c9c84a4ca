"""Graphs with all their attributes as files of other programs: GraphML and GEXF.

* :mod:`~melian.formats.graphs.graph` - nodes, ties and what is known of them,
* :mod:`~melian.formats.graphs.xml` - text that XML can hold,
* :mod:`~melian.formats.graphs.graphml` - GraphML, which igraph, networkx, visone and others read,
* :mod:`~melian.formats.graphs.gexf` - GEXF 1.2, which Gephi reads, with time.
"""
