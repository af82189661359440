"""The files and columns of a council folder as FORMAT says them, for tools/check_example.py."""

# name[*key][!required]:type. Types: code text int dec date period month yesno value >file (a code
# of that file) ~file (a code or plain words) a|b|c (one of these) a;b;c (several of these)
STATUSES = ("on_target|slightly_off|off_target|no_target|not_due|missing|not_applicable|"
            "in_development|suppressed")
SCHEMA = {
    "organisation": "code*!:code name!:text kind:council|partner|company gss_code:code "
                    "financial_year_start:month default_rule:>rules notice:text",
    "units": "code*!:code name!:text kind!:directorate|service|team parent:>units head:>people",
    "people": "code*!:code name!:text email:text unit:>units job:text manager:>people left_on:date",
    "boards": "code*!:code name!:text "
              "kind!:executive|scrutiny|management|partnership|shareholder|other "
              "chair:~people purpose:text",
    "plans": "code*!:code title!:text "
             "kind!:vision|community|partnership|corporate|cross_cutting|directorate|service|team "
             "start:date end:date owner:>people unit:>units board:>boards purpose:text",
    "aims": "code*!:code plan!:>plans kind!:priority|theme|outcome|objective title!:text "
            "parent:>aims owner:>people",
    "contributions": "aim*!:>aims to_aim*!:>aims note:text",
    "measures": "code*!:code title!:text definition:text unit:>units owner:>people "
                "checker:>people "
                "value_type!:number|percent|money|rate|ratio|days|score|yes_no|text per:int "
                "decimals:int polarity!:higher|lower|range|none "
                "frequency!:month|quarter|half|year|academic_year|term|other "
                "aggregation:sum|last|mean|ratio|none cumulative:yesno "
                "kind:performance|contextual class:corporate;service;statutory;organisational "
                "source:text lag_days:int rule:>rules min_denominator:dec public:yesno "
                "state:live|development|retired retired_on:date value_unit:text note:text",
    "measure_aims": "measure*!:>measures aim*!:>aims",
    "rules": "code*!:code title!:text "
             "kind!:tolerance|target_only|two_targets|range|judgement|judgement_amber|dual "
             "green_within:dec amber_within:dec within_unit:absolute|percent "
             "beyond:red|travel_last_period|travel_last_year red_absolute:dec red_percent:dec "
             "from*:date",
    "targets": "measure*!:>measures part*:text period*!:period target:dec lower:dec upper:dec "
               "amber:dec green_within:dec amber_within:dec rationale:text agreed_by:text "
               "agreed_on:date",
    "observations": "measure*!:>measures part*:text period*!:period value:value numerator:dec "
                    "denominator:dec "
                    "marker:provisional|revised|estimated|suppressed|not_applicable|missing "
                    "note:text entered_by:text entered_on:date",
    "commentary": "measure*!:>measures period*!:period what_happened:text why:text action:text "
                  "action_owner:>people action_due:date author:>people",
    "overrides": f"measure*!:>measures period*!:period status!:{STATUSES} reason!:text by!:text "
                 "on:date",
    "actions": "code*!:code title!:text measure:>measures aim:>aims plan:>plans risk:>risks "
               "owner:>people start:date due:date progress:int "
               "state:not_started|in_progress|completed|cancelled note:text",
    "projects": "code*!:code title!:text sponsor:~people manager:~people plan:>plans stage:text "
                "start:date end:date note:text",
    "gates": "project*!:>projects gate*!:text decided_on:date "
             "decision:proceed|proceed_with_conditions|pause|stop by:text reason:text",
    "benefits": "project*!:>projects measure*!:>measures expected_change:text period*:period",
    "risks": "code*!:code title!:text cause:text event:text effect:text category:text "
             "owner:>people initial_likelihood:int initial_impact:int initial_score:int "
             "residual_likelihood:int residual_impact:int residual_score:int target_score:int "
             "response:text reviewed_on:date aim:>aims",
    "controls": "risk*!:>risks title*!:text owner:>people effectiveness:text",
    "budgets": "unit*:>units line*:text year*!:period "
               "kind*!:revenue|capital|capital_financing|income budget:dec forecast:dec "
               "actual:dec prior:dec note:text",
    "savings": "code*!:code title!:text unit:>units year:period target:dec delivered:dec "
               "on_track:dec at_risk:dec undeliverable:dec one_off:yesno measure:>measures "
               "project:>projects risk:>risks note:text",
    "comparators": "group*!:code organisation*!:code name:text",
    "comparator_values": "measure*!:>measures organisation*!:code period*!:period value:dec "
                         "numerator:dec denominator:dec",
    "meetings": "board*!:>boards date*!:date reports_period:period despatch_days:int note:text",
}


class Column:
    def __init__(self, text):
        head, self.type = text.split(":", 1)
        self.name = head.rstrip("*!")
        self.key, self.required = "*" in head, "!" in head


SCHEMA = {name: [Column(c) for c in text.split()] for name, text in SCHEMA.items()}
