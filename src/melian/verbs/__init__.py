"""What one can do with a case: the only thing that commands and screens call.

Each verb takes a case as it was opened, and hands it to the engines. Engines are imported when they
are needed, so that ``--help`` is instant.
"""

from melian.verbs.agenda import (
    agendas,
    agendas_data,
    breadth_said,
    broader_said,
    claim_said,
    period_said,
)
from melian.verbs.arguing import all_extensions, claims
from melian.verbs.auditing import (
    ORDERS,
    SEVERITY_PARTS,
    audit,
    certificates,
    inconsistency,
    ordered,
    period,
)
from melian.verbs.backbone import backbone, backbone_data
from melian.verbs.briefing import brief, render, summary, writable, write
from melian.verbs.coalitions import coalition_stability, coalitions, unasked
from melian.verbs.discourse_coalitions import (
    coalition_search,
    coalitions_data,
    coalitions_drawable,
    coalitions_picture,
    discourse_coalitions,
    drawing_again,
    tie_intervals,
)
from melian.verbs.evolution import evolution
from melian.verbs.exchanging import (
    Imported,
    export_file,
    import_file,
    is_framework,
    left_behind,
    read_framework,
)
from melian.verbs.expecting import expected, workers
from melian.verbs.explaining import terms, why
from melian.verbs.files import write_text
from melian.verbs.hypergame import hypergame
from melian.verbs.inverse import cannot_come_about, inverse, rankings
from melian.verbs.levers import levers, needs_none, told_apart
from melian.verbs.network_files import (
    Wanted,
    Written,
    network_data,
    network_format,
    network_text,
    series_data,
    series_text,
)
from melian.verbs.networks import (
    Moving,
    Statements,
    designed,
    network,
    networks,
    statements,
    strongest,
    unplaced,
)
from melian.verbs.opening import Opened, locate, new, open_case
from melian.verbs.openings import openings, openings_data
from melian.verbs.pictures import drawable, evolution_picture, states_picture
from melian.verbs.polarisation import Asked as PolarisationAsked
from melian.verbs.polarisation import polarisation, polarisation_data, polarisation_text
from melian.verbs.scaling import (
    answer_scale,
    ends_of,
    no_dimension,
    profile_scale,
    scale_agreement,
    scale_data,
    scale_text,
    scaling_method,
)
from melian.verbs.seeking import fits, sought, standing
from melian.verbs.solving import much_memory, outcomes, stability
from melian.verbs.sparing import spare_case
from melian.verbs.tables import MOST_IN_A_FILE, option_table, option_table_text, tabular
from melian.verbs.trends import Asked, case_of, claim_sentence, trends, trends_data, trends_text

__all__ = [
    "MOST_IN_A_FILE",
    "ORDERS",
    "SEVERITY_PARTS",
    "Asked",
    "Imported",
    "Moving",
    "Opened",
    "PolarisationAsked",
    "Statements",
    "Wanted",
    "Written",
    "agendas",
    "agendas_data",
    "all_extensions",
    "answer_scale",
    "audit",
    "backbone",
    "backbone_data",
    "breadth_said",
    "brief",
    "broader_said",
    "cannot_come_about",
    "case_of",
    "certificates",
    "claim_said",
    "claim_sentence",
    "claims",
    "coalition_search",
    "coalition_stability",
    "coalitions",
    "coalitions_data",
    "coalitions_drawable",
    "coalitions_picture",
    "designed",
    "discourse_coalitions",
    "drawable",
    "drawing_again",
    "ends_of",
    "evolution",
    "evolution_picture",
    "expected",
    "export_file",
    "fits",
    "hypergame",
    "import_file",
    "inconsistency",
    "inverse",
    "is_framework",
    "left_behind",
    "levers",
    "locate",
    "much_memory",
    "needs_none",
    "network",
    "network_data",
    "network_format",
    "network_text",
    "networks",
    "new",
    "no_dimension",
    "open_case",
    "openings",
    "openings_data",
    "option_table",
    "option_table_text",
    "ordered",
    "outcomes",
    "period",
    "period_said",
    "polarisation",
    "polarisation_data",
    "polarisation_text",
    "profile_scale",
    "rankings",
    "read_framework",
    "render",
    "scale_agreement",
    "scale_data",
    "scale_text",
    "scaling_method",
    "series_data",
    "series_text",
    "sought",
    "spare_case",
    "stability",
    "standing",
    "statements",
    "states_picture",
    "strongest",
    "summary",
    "tabular",
    "terms",
    "tie_intervals",
    "told_apart",
    "trends",
    "trends_data",
    "trends_text",
    "unasked",
    "unplaced",
    "why",
    "workers",
    "writable",
    "write",
    "write_text",
]
