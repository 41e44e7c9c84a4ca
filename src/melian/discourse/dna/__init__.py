"""What the Discourse Network Analyzer (DNA) 3.1.2 writes, and what it does otherwise than is right.

* :mod:`~melian.discourse.dna.database` - its databases, versions 2 and 3,
* :mod:`~melian.discourse.dna.moving` - how its windows and kernels move,
* :mod:`~melian.discourse.dna.series` - its networks over time,
* :mod:`~melian.discourse.dna.misfit` - its objective of polarisation.

How it counts is :mod:`melian.discourse.networks.as_dna`, beside what does it right.
"""
