"""Coalitions: what is stable where parties may also move together.

* :mod:`~melian.conflict.coalitions.joint` - the moves of a coalition, and those that all gain by,
* :mod:`~melian.conflict.coalitions.stability` - Nash, GMR, SMR and SEQ of coalitions.
"""
