"""``python -m melian`` is the same as ``melian``."""

from melian.cli import main

main()
