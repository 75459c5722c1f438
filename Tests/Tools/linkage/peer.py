"""Splink on DuckDB over one data set: the peer of `./drystone bench link`, as a process of its own.

    python peer.py MODEL DATA... CLUSTERS

MODEL is what the data are and how u is estimated; CLUSTERS is written as record_id,cluster_id. Models follow Splink's
own tutorial and examples: its ready-made comparisons with term frequencies, u from random pairs, m by EM over two
blocking rules, connected components of pairs at 95%.
"""

import logging
import sys

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

# Random pairs that u is estimated from: the tutorial's order of size, and the fewest that don't cost quality.
MODELS = {"tutorial": 1e7, "fastest": 1e6, "febrl3": 1e7, "febrl4": 1e7, "town": 1e7}
AT_LEAST = 0.95


def clean(column: str) -> str:
    return f"nullif(lower(trim({column})), '')"


def solid(column: str) -> str:
    return f"nullif(replace(upper({column}), ' ', ''), '')"


def extracts(paths: list[str]) -> tuple[list[str], dict]:
    """Extracts of agencies: names, date of birth, sex, postcode, NHS number, telephone."""
    query = f"""SELECT record_id AS unique_id, {clean('forename')} AS forename, {clean('surname')} AS surname,
        nullif(dob, '') AS dob, nullif(sex, '') AS sex, {solid('postcode')} AS postcode,
        {solid('nhs_number')} AS nhs_number, {solid('phone')} AS phone
        FROM read_csv('{paths[0]}', header = true, all_varchar = true)"""
    rules = [
        block_on("nhs_number"), block_on("phone"), block_on("surname", "dob"), block_on("forename", "dob"),
        block_on("postcode", "dob"), block_on("postcode", "forename"), block_on("postcode", "surname"),
        block_on("forename", "surname", "substr(dob, 1, 4)"), block_on("forename", "surname", "substr(dob, 6, 5)"),
        block_on("substr(forename, 1, 3)", "substr(surname, 1, 4)", "substr(postcode, 1, 4)"),
    ]
    comparisons = [
        cl.NameComparison("forename").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("dob", input_is_string=True), cl.ExactMatch("sex"),
        cl.PostcodeComparison("postcode").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("nhs_number", 1), cl.DamerauLevenshteinAtThresholds("phone", 1),
    ]
    return [query], {
        "link_type": "dedupe_only", "rules": rules, "comparisons": comparisons,
        "certain": [block_on("forename", "surname", "dob"), block_on("nhs_number")], "recall": 0.6,
        "learn": [block_on("forename", "surname"), block_on("dob", "postcode")],
    }


def febrl(paths: list[str]) -> tuple[list[str], dict]:
    """The labelled sets of FEBRL: one to be searched for duplicates, or two to be linked."""
    columns = "given_name surname street_number address_1 suburb postcode date_of_birth soc_sec_id"
    told = ", ".join(f"{clean(one)} AS {one}" for one in columns.split())
    queries = [
        f"SELECT rec_id AS unique_id, {told} FROM read_csv('{path}', header = true, all_varchar = true)"
        for path in paths]
    rules = [
        block_on("soc_sec_id"), block_on("given_name", "surname"), block_on("surname", "date_of_birth"),
        block_on("given_name", "date_of_birth"), block_on("postcode", "given_name"), block_on("postcode", "surname"),
        block_on("street_number", "address_1"), block_on("substr(given_name, 1, 2)", "substr(surname, 1, 2)", "suburb"),
    ]
    comparisons = [
        cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.LevenshteinAtThresholds("address_1", [1, 2]).configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
    ]
    return queries, {
        "link_type": "link_only" if len(paths) > 1 else "dedupe_only", "rules": rules, "comparisons": comparisons,
        "certain": [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")], "recall": 0.9,
        "learn": [block_on("given_name", "surname"), block_on("soc_sec_id")],
    }


def town(paths: list[str]) -> tuple[list[str], dict]:
    """Households of one town: names and address, nothing else."""
    query = f"""SELECT record_id AS unique_id, {clean('forename')} AS forename, {clean('surname')} AS surname,
        {clean('address')} AS address, {solid('postcode')} AS postcode
        FROM read_csv('{paths[0]}', header = true, all_varchar = true)"""
    rules = [
        block_on("forename", "surname"), block_on("surname", "address"), block_on("forename", "address"),
        block_on("surname", "postcode"), block_on("forename", "postcode"),
    ]
    comparisons = [
        cl.NameComparison("forename").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.LevenshteinAtThresholds("address", [1, 2]).configure(term_frequency_adjustments=True),
        cl.PostcodeComparison("postcode").configure(term_frequency_adjustments=True),
    ]
    return [query], {
        "link_type": "dedupe_only", "rules": rules, "comparisons": comparisons,
        "certain": [block_on("forename", "surname", "address")], "recall": 0.7,
        "learn": [block_on("forename", "surname"), block_on("address")],
    }


def main() -> None:
    model, *paths, clusters = sys.argv[1:]
    logging.disable(logging.WARNING)
    queries, told = {"febrl3": febrl, "febrl4": febrl, "town": town}.get(model, extracts)(paths)
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    database = DuckDBAPI(connection)
    tables = []
    for number, query in enumerate(queries):
        connection.execute(f"CREATE TABLE extract_{number} AS {query}")
        tables.append(database.register(f"extract_{number}", dataset_display_name=f"part_{number}"))
    linker = Linker(tables if len(tables) > 1 else tables[0], SettingsCreator(
        link_type=told["link_type"], comparisons=told["comparisons"],
        blocking_rules_to_generate_predictions=told["rules"]))
    training = linker.training
    training.estimate_probability_two_random_records_match(told["certain"], recall=told["recall"])
    training.estimate_u_using_random_sampling(max_pairs=MODELS[model])
    for rule in told["learn"]:
        training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=AT_LEAST)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=AT_LEAST)
    connection.execute(
        f"COPY (SELECT unique_id AS record_id, cluster_id FROM {found.physical_name}) TO '{clusters}' (HEADER)")


main()
