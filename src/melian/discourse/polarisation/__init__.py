"""Polarisation: how far a debate is divided into two camps that oppose each other.

* :mod:`~melian.discourse.polarisation.measuring` - what is measured, and of whom,
* :mod:`~melian.discourse.polarisation.dividing` - the best division, and the proof that none is
  better (by :mod:`~melian.discourse.polarisation.enumerating`,
  :mod:`~melian.discourse.polarisation.reducing`,
  :mod:`~melian.discourse.polarisation.searching`,
  :mod:`~melian.discourse.polarisation.relaxing` and
  :mod:`~melian.discourse.polarisation.branching`),
* :mod:`~melian.discourse.polarisation.camps` - the camps, and how firmly each actor is in one,
* :mod:`~melian.discourse.polarisation.issues` - on what they differ,
* :mod:`~melian.discourse.polarisation.certainty` - what draws and chance would give,
* :mod:`~melian.discourse.polarisation.moving` - camps from window to window, and who changes,
* :mod:`~melian.discourse.polarisation.standing` - whether a window has two camps, and whose,
* :mod:`~melian.discourse.polarisation.reversing` - who turns round on what.
"""
